import { lookup } from "node:dns/promises";
import { networkInterfaces } from "node:os";
import { setTimeout as after } from "node:timers/promises";
import type { Environment } from "#lib/env";
import { type Address, formatAddress, parseAddress } from "#lib/networks/address";
import type { Door } from "#lib/probes/aim";
import { chooseAddress, type Own } from "#lib/probes/guard";
import { DEADLINE_MS } from "#lib/probes/probe";
import type { Silence } from "#lib/probes/reply";

const bare = (host: string): string => host.replace(/^\[(.*)\]$/, "$1");

/** All addresses of a host; null when it has none, or its name server does not answer in time. */
async function addressesOf(host: string): Promise<readonly string[] | null> {
  const literal = parseAddress(bare(host));
  if (literal !== null) return [formatAddress(literal)];
  const found = lookup(host, { all: true }).then(
    (all) => all.map(({ address }) => address),
    () => null,
  );
  const ended = new AbortController();
  const late = after(DEADLINE_MS, null, { signal: ended.signal, ref: false }).catch(() => null);
  const first = await Promise.race([found, late]);
  ended.abort();
  return first;
}

/**
 * Resolves a host, once, to the address that is connected to afterwards.
 * @returns the address, or why it is not asked
 */
export async function resolveDoor({ host, port }: Door, own: Own): Promise<Address | Silence> {
  const addresses = await addressesOf(host);
  return (addresses === null ? null : chooseAddress(addresses, port, own)) ?? "unresolved";
}

const POSTGRESQL = 5432;

async function doorsOf(databaseUrls: readonly string[]): Promise<Own["doors"]> {
  const doors = databaseUrls.map(async (text) => {
    const { hostname, port, searchParams } = new URL(text);
    // `?host=` wins over what stands before the path; one that is a folder is a socket, which has no port to knock at.
    const host = searchParams.get("host") ?? hostname;
    const addresses = host === "" || host.startsWith("/") ? [] : await addressesOf(host);
    const number = Number(searchParams.get("port") ?? port) || POSTGRESQL;
    return (addresses ?? []).map((address) => ({ address, port: number }));
  });
  return (await Promise.all(doors)).flat();
}

type Places = Pick<
  Environment,
  "portal" | "verifier" | "management" | "databaseUrl" | "databaseOwnerUrl" | "databaseVerifierUrl"
>;

/** Where this installation itself listens, and its database, as far as this process knows. */
export async function ownPlaces(places: Places): Promise<Own> {
  const { portal, verifier, management, databaseUrl, databaseOwnerUrl, databaseVerifierUrl } = places;
  const urls = [databaseUrl, databaseOwnerUrl, databaseVerifierUrl].filter((url) => url !== undefined);
  const doors = await doorsOf([...new Set(urls)]);
  const here = Object.values(networkInterfaces()).flatMap((each) => (each ?? []).map(({ address }) => address));
  const local = here.flatMap((text) => {
    const address = parseAddress(text);
    return address === null ? [] : [formatAddress(address)];
  });
  // A database on this machine is there by each of its addresses.
  const beside = doors.filter(({ address }) => local.includes(address)).map(({ port }) => port);
  return { here: local, ports: [portal.port, verifier.port, management.port, ...beside], doors };
}
