import type { Route } from "#lib/applications/application";
import { filled } from "./configuration";

/** An application of a gateway, and where it stands. */
export type Standing = { readonly key: string; readonly routes: readonly Route[] };

/** What hosts lead to, on each of which the same applications stand: others never get what is meant for these. */
export type Upstream = {
  /** Of its own among those of a gateway. */
  readonly name: string;
  readonly hosts: readonly string[];
  /** For the operator who writes the address: `where jira listens`. */
  readonly where: string;
};

/** Hosts, each with the keys of the applications that stand on it. */
function hostsOf(applications: readonly Standing[]): Map<string, string[]> {
  const hosts = new Map<string, string[]>();
  for (const { key, routes } of applications) {
    for (const { host } of routes) {
      const keys = hosts.get(host) ?? [];
      if (!keys.includes(key)) hosts.set(host, [...keys, key]);
    }
  }
  return hosts;
}

/** How the upstream of applications that share a host is called. */
const nameFrom = (keys: readonly string[]): string => keys.join("-and-").slice(0, 100);

/** Where that is, in the words of a comment. */
const placeOf = (keys: readonly string[]): string =>
  keys.length === 1
    ? `where ${keys.join()} listens`
    : `${keys.join(", ")} share a host: the proxy that tells them apart by path`;

/** What the files call places of ours, which no application's may be called. */
const OURS = ["latchkey", "latchkey-verifier"];

/** @returns one at least: a gateway without any host gets the place of one to come */
export function upstreamsOf(applications: readonly Standing[]): Upstream[] {
  const groups = new Map<string, { readonly keys: readonly string[]; readonly hosts: string[] }>();
  for (const [host, keys] of hostsOf(applications)) {
    const group = groups.get(keys.join()) ?? { keys, hosts: [] };
    group.hosts.push(host);
    groups.set(keys.join(), group);
  }
  const taken = new Set(OURS);
  const nameOf = (keys: readonly string[]): string => {
    let name = nameFrom(keys);
    for (let n = 2; taken.has(name); n += 1) name = `${nameFrom(keys)}-${n}`;
    taken.add(name);
    return name;
  };
  const all = [...groups.values()].map(({ keys, hosts }) => ({ name: nameOf(keys), hosts, where: placeOf(keys) }));
  return all.length > 0 ? all : [{ name: "application", hosts: [], where: placeOf(["the application"]) }];
}

/** As no host is called: names that browsers use too are moved there by hand, since a name may stand in one place only. */
export const noMainHost = ({ name }: Upstream): string => `${name}.main-host.invalid`;

/** @returns its hosts, or a name that no host has: a rule without any would hold for everybody's */
export const apiHosts = ({ name, hosts }: Upstream): readonly string[] =>
  hosts.length > 0 ? hosts : [`${name}.api-host.invalid`];

/** An address of version 6 without its brackets; other hosts as they are. */
export const bare = (host: string): string => host.replace(/[[\]]/g, "");

/** A host's name in one of a file on the operator's machine: of an address in brackets, the address. */
export const fileOf = (host: string): string => bare(host).replaceAll(":", "-");

/** What a shipped file says of Jira's place, said of another's. */
export const placed = (text: string, { where }: Upstream): string => filled(text, "where Jira listens", where);

/** The remarks on a part are read once. */
const withoutRemarks = (part: string): string => part.replace(/^ *# (?!EDIT).*\n/gm, "");

/**
 * What stands in a file for Jira, once for each upstream.
 * @param part where it stands
 * @param between what separates two of them
 */
export function forEachUpstream(
  text: string,
  part: RegExp,
  upstreams: readonly Upstream[],
  fill: (part: string, upstream: Upstream) => string,
  between = "",
): string {
  const [found = ""] = part.exec(text) ?? [];
  const all = upstreams.map((upstream, at) => fill(at === 0 ? found : withoutRemarks(found), upstream));
  return filled(text, part, all.join(between));
}
