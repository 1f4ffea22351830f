import type { Application } from "#lib/applications/application";
import type { Target } from "./path";
import { decodeLeniently, otherBeginnings, otherReadings } from "./readings";

/** Applications by host, longest context first. */
export type RouteTable<A> = ReadonlyMap<
  string,
  readonly { readonly context: readonly string[]; readonly to: A | null }[]
>;

/** An application, and how many segments of the path are its context. */
export type Routed<A> = { readonly to: A; readonly depth: number };

const HOST = /^(?:[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\])$/;
const HOST_LIMIT = 261;

/**
 * A host in the one form that is compared: lower case, without port and without the dot that ends an absolute name.
 * @returns null for what cannot be a host (RFC 9110 §7.2): user information, lists, escapes, spaces
 */
export function canonicalHost(text: string): string | null {
  if (text.length > HOST_LIMIT) return null;
  const colon = text.lastIndexOf(":");
  let end = text.length;
  if (colon >= 0 && colon > text.lastIndexOf("]")) {
    for (let i = colon + 1; i < end; i += 1) {
      const code = text.charCodeAt(i);
      if (code < 48 || code > 57) return null;
    }
    end = colon;
  }
  if (text.charCodeAt(end - 1) === 46) end -= 1;
  const host = text.slice(0, end).toLowerCase();
  return HOST.test(host) ? host : null;
}

function contextOf(text: string): string[] {
  return text.split("/").filter((part) => part !== "");
}

/**
 * Lays out the routes of all applications. Where two claim the same place, nobody is there.
 * @param to what stands for an application in the table
 */
export function layRoutes<A>(applications: readonly Application[], to: (application: Application) => A): RouteTable<A> {
  const table = new Map<string, { context: string[]; to: A | null }[]>();
  for (const application of applications) {
    const target = to(application);
    for (const route of application.routes) {
      const host = canonicalHost(route.host);
      if (host === null) continue;
      const entries = table.get(host) ?? [];
      table.set(host, entries);
      const context = contextOf(route.context);
      const same = entries.find((entry) => entry.context.join("/") === context.join("/"));
      if (same === undefined) entries.push({ context, to: target });
      else if (same.to !== target) same.to = null;
    }
  }
  for (const entries of table.values()) entries.sort((a, b) => b.context.length - a.context.length);
  return table;
}

type Entries<A> = RouteTable<A> extends ReadonlyMap<string, infer E> ? E : never;

function longest<A>(entries: Entries<A>, segments: readonly string[]): Routed<A> | null {
  for (const { context, to } of entries) {
    if (context.every((part, i) => part === segments[i])) return to === null ? null : { to, depth: context.length };
  }
  return null;
}

/** Whether more segments could lead on into an application. */
const leadsOn = <A>(entries: Entries<A>, segments: readonly string[]): boolean =>
  entries.some(({ context }) => context.length > segments.length && segments.every((part, i) => part === context[i]));

/** `//` not merged: the one reading that only the choice of an application minds. */
const unmerged = ({ rawPath }: Target): string[] => rawPath.slice(1).split("/").map(decodeLeniently);

/**
 * The application that a request is for: longest context, whole segments.
 * @returns `null` where there is none; `"contradiction"` where another reading of the path leads, or may lead, to another application
 */
export function routeTo<A>(table: RouteTable<A>, host: string, target: Target): Routed<A> | "contradiction" | null {
  const entries = table.get(host);
  if (entries === undefined) return null;
  const routed = longest(entries, target.segments);
  if (entries.length === 1 || (target.signatures.length === 0 && !target.rawPath.includes("//"))) return routed;
  const whole = otherReadings(target);
  const readings = whole ?? otherBeginnings(target);
  if (whole === null && readings.some((segments) => leadsOn(entries, segments))) return "contradiction";
  for (const segments of [unmerged(target), ...readings]) {
    const other = longest(entries, segments);
    if (other !== null && other.to !== routed?.to) return "contradiction";
  }
  return routed;
}
