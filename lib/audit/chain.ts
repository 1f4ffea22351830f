import { createHmac, timingSafeEqual } from "node:crypto";
import type { Json } from "./define";
import type { AuditEvent } from "./event";

/** The hash before the first event. */
export const GENESIS = Buffer.alloc(32);

/** JSON with keys in code-unit order, so that equal content has equal bytes whatever the database did to it (RFC 8785's idea). */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item)).join(",")}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item as Json)}`).join(",")}}`;
}

/**
 * The hash of an event: HMAC-SHA-256 over the previous hash and everything the row says.
 * @param key the audit key, which the database does not hold in clear
 * @param previous hash of the event before, or GENESIS
 */
export function hashEvent(key: Buffer, previous: Uint8Array, event: AuditEvent): Buffer {
  const content = canonicalJson({
    seq: event.seq.toString(),
    at: event.at,
    actor: { kind: event.actor.kind, id: event.actor.id, name: event.actor.name },
    action: event.action,
    subject: { kind: event.subject.kind, id: event.subject.id, name: event.subject.name },
    detail: event.detail,
    address: event.address,
  });
  return createHmac("sha256", key).update(previous).update(content).digest();
}

/** Compares two hashes in constant time. */
export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** What a walk along the chain found. */
export type Walked = {
  /** The first event that was looked at, and the last that fits. */
  readonly from: bigint;
  readonly through: bigint;
  /** The first that does not fit, and why; null when all do. */
  readonly firstBad: { readonly seq: bigint; readonly why: string } | null;
};

/** The same of the whole chain, as the command line prints it. */
export type ChainReport = {
  /** Rows that fit, from the first on. */
  readonly checked: number;
  /** Sequence of the first row that does not fit, and why; null when all do. */
  readonly firstBad: { readonly seq: string; readonly why: string } | null;
};

export const chainReport = ({ through, firstBad }: Walked): ChainReport => ({
  checked: Number(through),
  firstBad: firstBad && { seq: firstBad.seq.toString(), why: firstBad.why },
});
