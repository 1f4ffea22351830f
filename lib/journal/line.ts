import { z } from "zod";
import { type End, endSchema } from "./end";
import { isSealed, type SealKey, sealOf } from "./seal";

const seal = z.string().regex(/^[0-9a-f]{64}$/);
const whole = z.string().regex(/^\d{1,19}$/);

const lineSchema = z.strictObject({
  /** Counts the histories that were accepted here, one after the other; the last one is today's. */
  era: z.int().min(1).max(1_000_000),
  epoch: z.uuid(),
  /** The last event of the audit log that this line knows, and its hash: another history has another one there. */
  audit: whole,
  hash: seal,
  /** The change head at that moment. */
  seq: whole,
  /** ISO 8601 UTC. */
  at: z.string().max(40),
  ends: z.array(endSchema).max(20_000),
});

/** One line of a journal: how far the database had come, and what has ended since the line before. */
export type Line = z.infer<typeof lineSchema>;

/** A line as it is stored: chained to the one before in its file, so that one that goes missing leaves a gap. */
const storedSchema = lineSchema.extend({
  /** The seal of the line before; null where there was none. */
  after: seal.nullable(),
  /** Which key has sealed it. */
  key: z.string().regex(/^[0-9a-f]{16}$/),
  /** HMAC-SHA-256 over the line as it is written, without this. */
  seal,
});

/** As it was stored before lines were chained. */
const plainSchema = lineSchema.transform((line) => ({ ...line, after: null, key: null, seal: null }));

const readSchema = z.union([storedSchema, plainSchema]);

/**
 * `sound`: it is what was written, and no line is missing before it; `after a gap`: it is, and one is. `changed`: it is
 * not what was written. `foreign`: it cannot be checked, since it has no seal or one of a key that is not known here.
 */
type Proof = "sound" | "after a gap" | "changed" | "foreign";
export type Found = Line & { readonly proof: Proof };

/** Whether a line is what was written, so that what it says of its database was so. */
export const isAsWritten = ({ proof }: Found): boolean => proof === "sound" || proof === "after a gap";

/** Whether a line was changed, or one before it was taken out. */
export const isDamaged = ({ proof }: Found): boolean => proof === "changed" || proof === "after a gap";

/** A line as it is written, and its seal. It begins by ending the one before, which a crash may have cut off. */
export function written(
  line: Line,
  after: string | null,
  key: SealKey,
): { readonly text: string; readonly seal: string } {
  const body = JSON.stringify({ ...line, after, key: key.name });
  const seal = sealOf(key, body);
  return { text: `\n${body.slice(0, -1)},"seal":"${seal}"}\n`, seal };
}

/** What a file of a journal holds. `last` is the seal of its last line; what cannot be read stands behind that. */
export type Lines = {
  readonly lines: readonly Found[];
  readonly unreadable: readonly string[];
  readonly last: string | null;
};

/**
 * Reads what one portal has written, and whether all of it is there. What a crash cut off is in the line after it
 * again, so what cannot be read counts only where no sealed line has gone on behind it; elsewhere the chain tells. Two
 * processes that took turns may both have gone on from one line.
 * @param keys that may have sealed it
 */
export function linesIn(text: string, keys: readonly SealKey[]): Lines {
  const lines: Found[] = [];
  const seals = new Set<string>();
  let [unreadable, last]: [string[], string | null] = [[], null];
  for (const each of text.split("\n")) {
    if (each === "") continue;
    const stored = storedIn(each);
    if (stored === null) {
      unreadable.push(each);
      continue;
    }
    const { after, key, seal, ...line } = stored;
    if (seal === null) {
      lines.push({ ...line, proof: "foreign" });
      continue;
    }
    const follows = seals.size === 0 || (after !== null && seals.has(after));
    lines.push({ ...line, proof: proofOf(each, { key, seal }, follows, keys) });
    seals.add(seal);
    [unreadable, last] = [[], seal];
  }
  return { lines, unreadable, last };
}

function proofOf(
  text: string,
  given: { key: string; seal: string },
  follows: boolean,
  keys: readonly SealKey[],
): Proof {
  const key = keys.find(({ name }) => name === given.key);
  if (key === undefined) return "foreign";
  const ending = `,"seal":"${given.seal}"}`;
  const isWhole = text.endsWith(ending) && isSealed(key, `${text.slice(0, -ending.length)}}`, given.seal);
  if (!isWhole) return "changed";
  return follows ? "sound" : "after a gap";
}

function storedIn(text: string): z.infer<typeof readSchema> | null {
  try {
    const read = readSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}

/** What lines tell, in their order. One that was changed, or has lost those before it, is believed what ends, and not what goes on. */
export const endsIn = (lines: readonly Found[]): readonly End[] =>
  lines.flatMap(({ proof, ends }) =>
    proof === "sound" ? ends : ends.filter(({ what }) => what !== "go-on" && what !== "reactivate"),
  );

/** Which of two lines of an installation came first. */
export const inOrder = (one: Line, other: Line): number =>
  one.era - other.era || Number(BigInt(one.audit) - BigInt(other.audit));
