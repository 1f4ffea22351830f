import { expect } from "vitest";
import { tokenNames } from "#lib/gateways/token-names";
import { newSecret } from "#lib/tokens/secret";
import type { Issued } from "../seeded";
import { wholeText } from "../upstreams/recorder";
import { only, type Place } from "./place";
import { OWN } from "./table";

/** With what is added to a configuration for it. */
export const OWN_NAMES = tokenNames([OWN]);

/** It, on these hosts. */
export const ownOn = (hosts: readonly string[]) => ({
  ...{ identity: "header" as const, routes: { create: hosts.map((host) => ({ host, context: OWN.context })) } },
  credentials: { basic: true, bearer: true, header: OWN.header, query: OWN.query },
});

const READ = `GET ${OWN.context}/rest/api/2/myself`;

const inOtherCase = ({ secret }: Pick<Issued, "secret">) =>
  ["a=b&Own.Key", "a=b;Own.KEY", "Access_Token"].map((name) => `${READ}?${name}=${secret} HTTP/1.1`);

export async function elsewhere(place: Place): Promise<void> {
  await inUsualCase(place);
  for (const ask of place.asked)
    for (const line of inOtherCase(place.tokens.read)) expect([line, (await ask([line])).status]).toEqual([line, 401]);
  expect(place.application.take()).toEqual([]);
}

/** A main host whose rules tell names apart by case sends the client back with a name that they know. */
export async function otherCase(place: Place): Promise<void> {
  await inUsualCase(place);
  const { api, main, application, tokens } = place;
  for (const line of inOtherCase(tokens.read)) {
    expect([line, (await api([line])).status]).toEqual([line, 401]);
    const { status, headers } = await main([line]);
    const { pathname, search } = new URL(headers.location?.[0] ?? "");
    expect([line, status, pathname]).toEqual([line, 302, `${OWN.context}/rest/api/2/myself`]);
    expect([line, (await main([`GET ${pathname}${search} HTTP/1.1`])).status]).toEqual([line, 401]);
  }
  expect(application.take()).toEqual([]);
}

async function inUsualCase({ asked, application, tokens: { read } }: Place): Promise<void> {
  const line = `${READ} HTTP/1.1`;
  for (const ask of asked) {
    for (const name of [OWN.header, OWN.header.toLowerCase()]) {
      expect([name, (await ask([line, `${name}: ${read.secret}`])).status]).toEqual([name, 200]);
      const arrival = only(application);
      expect(arrival.headers).toMatchObject({ "x-latchkey-auth": ["token"], "x-latchkey-user": ["maria"] });
      expect(wholeText(arrival)).not.toContain(read.secret);
    }
    const refused = [`${OWN.header}: ${newSecret()}`, `X-Api-Token: ${read.secret}`];
    for (const credential of refused)
      expect([credential, (await ask([line, credential])).status]).toEqual([credential, 401]);
    for (const name of [OWN.query, `a=b&${OWN.query.toUpperCase()}`, "own%2Ekey"]) {
      const { status } = await ask([`${READ}?${name}=${read.secret} HTTP/1.1`]);
      expect([name, status]).toEqual([name, 401]);
    }
    expect(application.take()).toEqual([]);
  }
}
