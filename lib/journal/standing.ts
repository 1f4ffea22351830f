import { isLoopback } from "#lib/networks/loopback";
import { type Found, isAsWritten } from "./line";

/** What a database says of itself. */
export type Head = {
  readonly installationId: string;
  readonly boundUrl: string;
  readonly quarantined: boolean;
  readonly epoch: string;
  readonly seq: bigint;
  readonly auditSeq: bigint;
  /** A verifier says that it has applied what is not there. */
  readonly isMissed: boolean;
};

/** What the journals here say of an installation: the last line of each history, which came last, and its number. */
export type Tail = {
  /** How far each history had come. */
  readonly marks: ReadonlyMap<string, Found>;
  /** The last that follows those before it: what ended is written down from there on. */
  readonly told: ReadonlyMap<string, Found>;
  readonly latest: string | null;
  readonly era: number;
};

/** Why an installation is in quarantine. */
export const CAUSES = ["behind", "elsewhere"] as const;
export type Cause = (typeof CAUSES)[number];

/**
 * How a database stands to the journals: it goes on from them (`follows`), is one of which they know nothing yet
 * (`begins`), has been told to wait (`quarantined`), or must be.
 */
export type Standing = Cause | "follows" | "begins" | "quarantined";

const NOTHING: Tail = { marks: new Map(), told: new Map(), latest: null, era: 0 };

/** Sums up lines, in their order. */
export const tailOf = (lines: readonly Found[]): Tail => lines.reduce(tailAfter, NOTHING);

/** The same with one line more. One that may have been changed says nothing against one that has not. */
export function tailAfter(tail: Tail, line: Found): Tail {
  const marks = withLast(tail.marks, line, isAsWritten);
  const told = withLast(tail.told, line, ({ proof }) => proof === "sound");
  if (marks === tail.marks) return tail;
  return line.era >= tail.era ? { marks, told, latest: line.epoch, era: line.era } : { ...tail, marks, told };
}

/** The last lines, with one more: none that is not so counts where one that is does. */
function withLast(last: Tail["marks"], line: Found, isSo: (line: Found) => boolean): Tail["marks"] {
  const before = last.get(line.epoch);
  return before !== undefined && isSo(before) && !isSo(line) ? last : new Map(last).set(line.epoch, line);
}

/** What a database says of the places that a comparison asks about. */
type Evidence = {
  /** Of the event at which the journals are; null where it has none. */
  readonly hashAtMark: string | null;
  /** The histories that its quarantines have been told of: its own, those of journals, and what was lost of these. */
  readonly told: readonly string[];
  /** Names what is in the journals where nothing of it can be read; null where something can, or nothing is. */
  readonly lost: string | null;
};

/**
 * Whether this database is the one that the journals describe. A history that they do not know is a new one only where
 * somebody has ended a quarantine over the one that they know last; otherwise it is one that they have forgotten. A
 * journal of which nothing can be read is none that is not there: it knew of a history, and nobody knows of which.
 * What a verifier has applied counts like what a journal tells: not everything that changes is in the audit log.
 * @param url of this portal
 */
export function standingOf(head: Head, tail: Tail, { hashAtMark, told, lost }: Evidence, url: string): Standing {
  if (head.quarantined) return "quarantined";
  if (isElsewhere(head.boundUrl, url)) return "elsewhere";
  if (head.isMissed) return "behind";
  const mark = tail.marks.get(head.epoch);
  const latest = tail.latest ?? lost;
  if (mark === undefined) return latest === null || told.includes(latest) ? "begins" : "behind";
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
