import type { Aim } from "./case";
import { type BadTarget, parseTarget } from "./path";
import { type OriginalRequest, valuesOf } from "./request";
import { canonicalHost, type RouteTable, routeTo } from "./route";

/** Why it cannot be judged where a request says that it goes to, or leads where the request itself is not. */
export const DESTINATION_FAULTS = {
  missing: "There is none, and MOVE and COPY write where it says.",
  several:
    "There are several, or one that could be several lines in one: a comma before a slash, dots or a scheme; behind Envoy any (write %2C).",
  form: "It is no path and no address with http or https, or one that others read otherwise: with a question mark, or a path alone with a colon.",
  host: "It names another host than the request.",
  application: "It belongs to no application, or to another one than the request.",
} as const;

export type DestinationFault = keyof typeof DESTINATION_FAULTS;

/** The methods that write to another place than the one on their request line (RFC 4918 §9.8, §9.9). */
const TAKE_IT: ReadonlySet<string> = new Set(["MOVE", "COPY"]);

/** Whether a request of this method says where to in `Destination`, or is none. */
export const needsDestination = (method: string): boolean => TAKE_IT.has(method);

/**
 * Where two lines came, Envoy and others tell of one, with a comma between them. What begins like an address or a path of
 * its own behind one may be what the application takes.
 */
const JOINED = /,[ \t]*(?:(?:\.|%2e){0,2}[/\\]|[a-z][a-z0-9+.-]*:)/i;
const ADDRESS = /^https?:\/\/([^/]+)(\/.*)$/i;
/** What some take for the beginning of a host, also where it stands behind another one: `//host`, `/\host`. */
const HOST_BEGINS = /^\/(?:[/\\]|%2f|%5c)/i;

/** Tomcat and its heirs decode it first, take what is before a colon for the name of a host, and know of no query. */
const COLON = /:|%(?:25)*3a/i;

type Written = { readonly path: string } | DestinationFault;

/** Its path as it came. RFC 4918 §10.3 allows a path, and an absolute address. */
function writtenIn(value: string, host: string, joins: boolean): Written {
  if (joins ? value.includes(",") : JOINED.test(value)) return "several";
  const [, named, behind] = ADDRESS.exec(value) ?? [];
  const path = behind ?? value;
  if (!path.startsWith("/") || HOST_BEGINS.test(path) || path.includes("?")) return "form";
  if (named === undefined && COLON.test(path)) return "form";
  return named === undefined || canonicalHost(named) === canonicalHost(host) ? { path } : "host";
}

/**
 * Where a request says that it goes to, read like the target of a request.
 * @param application the one that the request itself is for: no other is reached by it
 * @param joins whether who asks tells two lines as one, with a comma between them
 * @returns null where it says nothing, and its method needs nothing; a fault, or the rule that refuses such a path to everybody
 */
export function destinationOf<A>(
  { method, host, headers }: OriginalRequest,
  routes: RouteTable<A>,
  application: A,
  joins = false,
): Aim | BadTarget | DestinationFault | null {
  const values = valuesOf(headers, "destination");
  const value = values[0];
  if (value === undefined) return needsDestination(method) ? "missing" : null;
  if (values.length > 1) return "several";
  const written = writtenIn(value, host, joins);
  if (typeof written === "string") return written;
  const target = parseTarget(written.path);
  if (!target.ok) return target;
  const routed = routeTo(routes, canonicalHost(host) ?? "", target);
  if (routed === null || routed === "contradiction" || routed.to !== application) return "application";
  return { target, depth: routed.depth };
}
