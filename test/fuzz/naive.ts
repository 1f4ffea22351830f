import { Buffer } from "node:buffer";
import { BlockList, isIP } from "node:net";
import type { OriginalRequest } from "#lib/verification/request";
import { READERS } from "#test/path-readers";
import { type Place, placeForAll, reads } from "./places";

/** The token of these tests: it reads, from 192.0.2.0/24 only, in each of the applications of places.ts. */
export const NETWORK = "192.0.2.0/24";
const OWNER = "maria";

/** Proxies that some gateways believe, and how many of them. */
export const PROXIES = { ranges: ["10.0.0.0/8"], hops: 2 } as const;

const allowed = new BlockList();
allowed.addSubnet("192.0.2.0", 24, "ipv4");
const proxies = new BlockList();
proxies.addSubnet("10.0.0.0", 8, "ipv4");

/** Who asks: where to a secret in the address goes on from there, and how many proxies it believes. */
export type By = { readonly keepsAddress: boolean; readonly hops: number };
const GATEWAY: By = { keepsAddress: false, hops: 0 };

const linesOf = ({ headers }: OriginalRequest, names: readonly string[]): string[] =>
  headers.filter((_, i) => i % 2 === 1 && names.includes((headers[i - 1] ?? "").toLowerCase().replaceAll("_", "-")));

const pathOf = (target: string): string => target.split("?")[0] ?? "";
const queryOf = (target: string): string => target.slice(pathOf(target).length + 1);

/** A text of a form; whoever cannot read it takes it as it stands. */
function unescaped(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** The values of the parameters in an address that have such a name. */
const parametersOf = (target: string, isNamed: (name: string) => boolean): string[] =>
  queryOf(target)
    .split(/[&;]/)
    .map((pair) => [pair.split("=")[0] ?? "", pair.slice(pair.split("=")[0]?.length).replace("=", "")])
    .filter(([name = ""]) => isNamed(unescaped(name).toLowerCase()))
    .map(([, value = ""]) => unescaped(value));

/** In which parameter each application takes tokens; where it takes them in none, null. */
export const PARAMETERS: Readonly<Record<Place, string | null>> = {
  ...{ jira: "access_token", docs: null, git: "private_token", wiki: null },
};

/** What stands in the address where an application takes a token, or a password. */
export const inAddress = ({ target }: OriginalRequest, application: Place): string[] =>
  parametersOf(target, (name) =>
    [PARAMETERS[application], "os_username", "os_password", "oauth_signature"].includes(name),
  );

/** Whether exactly one credential came, and it is the whole secret. */
function showsSecret(asked: OriginalRequest, secret: string, application: Place, by: By): boolean {
  const inQuery = inAddress(asked, application);
  const [value, ...more] = linesOf(asked, ["authorization", "x-api-token"]);
  if (value === undefined) return by.keepsAddress && inQuery.length === 1 && inQuery[0] === secret;
  if (more.length > 0 || inQuery.length > 0) return false;
  if (value.trim() === secret) return linesOf(asked, ["x-api-token"]).length === 1;
  const [, scheme = "", rest = ""] = /^(\w+) +(.*?)[ \t]*$/.exec(value) ?? [];
  if (scheme.toLowerCase() === "bearer") return rest === secret;
  const decoded = Buffer.from(rest, "base64").toString();
  const names = [OWNER, "token"];
  return (
    scheme.toLowerCase() === "basic" &&
    names.some((name) => decoded.toLowerCase().startsWith(`${name}:`)) &&
    decoded.endsWith(`:${secret}`)
  );
}

/** A parameter that some take for the method. */
const METHOD = /^[$_]method$|^x-.*method/;
const OVERRIDES = ["x-http-method-override", "x-http-method", "x-method-override"];

/** Whether nothing but reading is asked: by the method, and by what could be taken for another one. */
function onlyReads(asked: OriginalRequest, application: Place): boolean {
  const { method, target } = asked;
  const safe = ["GET", "HEAD", "OPTIONS"].includes(method);
  const said = [...linesOf(asked, OVERRIDES), ...parametersOf(target, (name) => METHOD.test(name))];
  if (said.some((other) => !safe || other !== method) || linesOf(asked, ["upgrade"]).length > 0) return false;
  return reads(application, method, pathOf(target), queryOf(target));
}

/** Some tell an address with a port, and IPv6 then in brackets. */
const PORT = /^\[(.*:.*)\](?::\d+)?$|^([^:]+):\d+$/;

/** The client's address in what proxies say, each of who asked it: the first from the right that is no proxy of ours. */
function clientIn(said: string, hops: number): string | null {
  const entries = said.split(",").map((entry) => entry.replace(/^[ \t]+|[ \t]+$/g, "").replace(PORT, "$1$2"));
  if (hops === 0 && entries.length > 1) return null;
  for (let hop = 0; hop <= hops; hop += 1) {
    const address = entries.pop() ?? "";
    const family = isIP(address);
    if (family === 0) return null;
    if (hop === hops || !proxies.check(address, family === 4 ? "ipv4" : "ipv6")) return address;
  }
  return null;
}

const isInNetwork = (address: string | null): boolean =>
  address !== null && allowed.check(address, isIP(address) === 4 ? "ipv4" : "ipv6");

/** An address of the only host, or none. */
const HERE = /^(?:https?:\/\/jira\.corp\.?(?::\d*)?)?(?=\/(?![/\\]))/i;

/** As Tomcat's WebDAV servlet and its heirs read it: decoded, cut behind a host or whatever they take for one, resolved. */
function asServletsMove(to: string): string[] {
  const text = to.replace(/%[0-9a-f]{2}/gi, (byte) => String.fromCharCode(Number.parseInt(byte.slice(1), 16)));
  const scheme = text.indexOf("://");
  const from =
    scheme >= 0 ? text.indexOf("/", scheme + 4) : text.includes(":") ? text.indexOf("/", text.indexOf(":")) : 0;
  const segments: string[] = [];
  for (const segment of from < 0 ? [] : text.slice(from).split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return segments;
}

/**
 * Why nobody should move or copy to where a request says that it goes; null: nothing against it.
 * @param application where it was allowed
 * @param isWithin whether a path, as somebody reads it, is one to which the token may go
 */
export function objectionToMove(
  asked: OriginalRequest,
  application: string,
  isWithin: (segments: readonly string[]) => boolean = () => true,
): string | null {
  const [to, ...more] = linesOf(asked, ["destination"]);
  if (to === undefined) return ["MOVE", "COPY"].includes(asked.method) ? "nobody said where to" : null;
  if (more.length > 0 || !HERE.test(to) || /[^!-~]|#/.test(to)) return "not one place here";
  const path = to.replace(HERE, "");
  if (placeForAll(pathOf(path)) !== application) return "a place that somebody reads otherwise";
  const read = [...Object.values(READERS).map((reader) => reader(pathOf(path))), asServletsMove(to)];
  return read.every((segments) => segments === null || isWithin(segments)) ? null : "a place that is not the token's";
}

/**
 * Why a request must not be allowed as this token's, as somebody would say who never saw lib/verification: he knows less
 * and is never stricter. Null: nothing against it.
 * @param application where it was allowed
 */
export function objection(asked: OriginalRequest, secret: string, application: Place, by: By = GATEWAY): string | null {
  const { method, target, host, proto, clientAddress } = asked;
  if (!showsSecret(asked, secret, application, by)) return "not exactly one credential that is the whole secret";
  if (!/^[A-Z-]+$/.test(method) || ["TRACE", "TRACK", "CONNECT", "DEBUG"].includes(method))
    return "a method for nobody";
  if (!/^\/[\x21-\x22\x24-\x7e]*$/.test(target) || target.length > 8_192) return "a target that is none";
  if (host.toLowerCase().replace(/:\d*$/, "").replace(/\.$/, "") !== "jira.corp") return "another host";
  if (proto !== "https" && proto !== "http") return "another protocol";
  if (!isInNetwork(clientIn(clientAddress, by.hops))) return "another address";
  if (placeForAll(pathOf(target)) !== application) return "a path that somebody reads otherwise";
  const moved = objectionToMove(asked, application);
  if (moved !== null) return moved;
  return onlyReads(asked, application) ? null : "a write";
}
