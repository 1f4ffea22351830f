import { Buffer } from "node:buffer";
import { BlockList, isIP } from "node:net";
import type { OriginalRequest } from "#lib/verification/request";
import { READERS } from "#test/path-readers";

/** The token of these tests: it reads, from 192.0.2.0/24 only, in Jira (at `/`) and in something else (below `/docs`). */
export const NETWORK = "192.0.2.0/24";
const OWNER = "maria";

const allowed = new BlockList();
allowed.addSubnet("192.0.2.0", 24, "ipv4");

const linesOf = ({ headers }: OriginalRequest, names: readonly string[]): string[] =>
  headers.filter((_, i) => i % 2 === 1 && names.includes((headers[i - 1] ?? "").toLowerCase().replaceAll("_", "-")));

/** Whether exactly one credential came, and it is the whole secret. */
function showsSecret(asked: OriginalRequest, secret: string): boolean {
  const [value, ...more] = linesOf(asked, ["authorization", "x-api-token"]);
  if (value === undefined || more.length > 0) return false;
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

const OPEN = ["rest", "download"];
const CLOSED = ["auth", "pat", "oauth2", "plugins"];

/** Where a path leads that is read as these segments; null where no token may go. */
export function placeOf(segments: readonly string[]): string | null {
  const [first = "", second = ""] = segments;
  if (segments.some((each) => each === ".." || each === "." || /^(web|meta)-inf/i.test(each))) return null;
  if (first === "docs") return "docs";
  if (OPEN.includes(first)) return first === "rest" && CLOSED.includes(second) ? null : "jira";
  return first === "secure" && (second === "attachment" || second === "thumbnail") ? "jira" : null;
}

/** The one place to which everybody who reads the path is led; null where that is none, or several. */
function placeForAll(target: string): string | null {
  const path = target.split("?")[0] ?? "";
  const places = new Set(
    Object.values(READERS)
      .map((read) => read(path))
      .flatMap((segments) => (segments === null ? [] : [placeOf(segments)])),
  );
  const [place, ...more] = places;
  return more.length > 0 ? null : (place ?? null);
}

const SEARCH = /^rest\/api\/(2|latest)\/(search|worklog\/list)$/;

const OVERRIDES = ["x-http-method-override", "x-http-method", "x-method-override"];

/** Whether nothing but reading is asked: by the method, and by what could be taken for another one. */
function onlyReads(asked: OriginalRequest): boolean {
  const { method, target } = asked;
  const [path = "", query = ""] = target.split("?");
  const safe = ["GET", "HEAD", "OPTIONS"].includes(method);
  const said = [
    ...linesOf(asked, OVERRIDES),
    ...query.split("&").flatMap((pair) => /method[^=]*=(.*)/i.exec(pair)?.[1] ?? []),
  ];
  if (said.some((other) => !safe || other !== method) || linesOf(asked, ["upgrade"]).length > 0) return false;
  return (
    safe ||
    (method === "POST" && SEARCH.test(READERS.literal?.(path)?.join("/") ?? "")) ||
    (method === "PROPFIND" && path.includes("docs"))
  );
}

/** An address of the only host, or none. */
const HERE = /^(?:https?:\/\/jira\.corp\.?(?::\d*)?)?(?=\/(?![/\\]))/i;

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
  if (placeForAll(path) !== application) return "a place that somebody reads otherwise";
  const read = Object.values(READERS).map((reader) => reader(path.split("?")[0] ?? ""));
  return read.every((segments) => segments === null || isWithin(segments)) ? null : "a place that is not the token's";
}

/** Some tell an address with a port, and IPv6 then in brackets. */
const PORT = /^\[(.*:.*)\](?::\d+)?$|^([^:]+):\d+$/;

/**
 * Why a request must not be allowed as this token's, as somebody would say who never saw lib/verification: he knows less
 * and is never stricter. Null: nothing against it.
 * @param application where it was allowed
 */
export function objection(asked: OriginalRequest, secret: string, application: string): string | null {
  const { method, target, host, proto, clientAddress: address } = asked;
  if (!showsSecret(asked, secret)) return "not exactly one credential that is the whole secret";
  if (!/^[A-Z-]+$/.test(method) || ["TRACE", "TRACK", "CONNECT", "DEBUG"].includes(method))
    return "a method for nobody";
  if (!/^\/[\x21-\x22\x24-\x7e]*$/.test(target) || target.length > 8_192) return "a target that is none";
  if (host.toLowerCase().replace(/:\d*$/, "").replace(/\.$/, "") !== "jira.corp") return "another host";
  if (proto !== "https" && proto !== "http") return "another protocol";
  const bare = address.replace(PORT, "$1$2");
  const family = isIP(bare);
  if (family === 0 || !allowed.check(bare, family === 4 ? "ipv4" : "ipv6")) return "another address";
  if (placeForAll(target) !== application) return "a path that somebody reads otherwise";
  const moved = objectionToMove(asked, application);
  if (moved !== null) return moved;
  return onlyReads(asked) ? null : "a write";
}
