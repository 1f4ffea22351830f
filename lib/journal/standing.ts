import { isLoopback } from "#lib/networks/loopback";
import type { Line } from "./line";

/** What a database says of itself. */
export type Head = {
  readonly installationId: string;
  readonly boundUrl: string;
  readonly quarantined: boolean;
  readonly epoch: string;
  readonly seq: bigint;
  readonly auditSeq: bigint;
};

/** What the journals here say of an installation: the last line of each history, and the number of the latest. */
export type Tail = { readonly marks: ReadonlyMap<string, Line>; readonly era: number };

/** Why an installation is in quarantine. */
export const CAUSES = ["behind", "elsewhere"] as const;
export type Cause = (typeof CAUSES)[number];

/**
 * How a database stands to the journals: it goes on from them (`follows`), is one of which they know nothing yet
 * (`begins`), has been told to wait (`quarantined`), or must be.
 */
export type Standing = Cause | "follows" | "begins" | "quarantined";

/** Sums up lines, in their order. */
export function tailOf(lines: readonly Line[]): Tail {
  const marks = new Map<string, Line>();
  for (const line of lines) marks.set(line.epoch, line);
  return { marks, era: Math.max(0, ...[...marks.values()].map(({ era }) => era)) };
}

/**
 * Whether this database is the one that the journals describe.
 * @param hashAtMark of the event at which the journals are, as the database has it; null where it has none
 * @param url of this portal
 */
export function standingOf(head: Head, tail: Tail, hashAtMark: string | null, url: string): Standing {
  if (head.quarantined) return "quarantined";
  if (isElsewhere(head.boundUrl, url)) return "elsewhere";
  const mark = tail.marks.get(head.epoch);
  if (mark === undefined) return "begins";
  const whole =
    mark.era === tail.era && head.seq >= BigInt(mark.seq) && (mark.audit === "0" || hashAtMark === mark.hash);
  return whole ? "follows" : "behind";
}

/** Nobody else's: what was tried out on a machine of its own may move, and a copy of it harms nobody. */
const isOwn = (url: string): boolean => isLoopback(new URL(url).hostname);

/** Whether a database that belongs to one address must not serve at another. */
export const isElsewhere = (boundUrl: string, url: string): boolean => boundUrl !== url && !isOwn(boundUrl);

/** Whether a database goes with its portal to another address without a question. */
export const moves = (boundUrl: string, url: string): boolean => boundUrl !== url && isOwn(boundUrl) && !isOwn(url);
