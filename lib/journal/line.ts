import { z } from "zod";
import { endSchema } from "./end";

const whole = z.string().regex(/^\d{1,19}$/);

const lineSchema = z.strictObject({
  /** Counts the histories that were accepted here, one after the other; the last one is today's. */
  era: z.int().min(1).max(1_000_000),
  epoch: z.uuid(),
  /** The last event of the audit log that this line knows, and its hash: another history has another one there. */
  audit: whole,
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** The change head at that moment. */
  seq: whole,
  /** ISO 8601 UTC. */
  at: z.string().max(40),
  ends: z.array(endSchema).max(20_000),
});

/** One line of a journal: how far the database had come, and what has ended since the line before. */
export type Line = z.infer<typeof lineSchema>;

/** A line as it is written. It begins by ending the one before, which a crash may have cut off. */
export const written = (line: Line): string => `\n${JSON.stringify(line)}\n`;

/** The lines of a file, and how many of it could not be read: a crash cuts off the last one, anything else is damage. */
export function linesIn(text: string): { readonly lines: readonly Line[]; readonly unreadable: number } {
  const lines: Line[] = [];
  let unreadable = 0;
  for (const each of text.split("\n")) {
    if (each === "") continue;
    const line = lineOf(each);
    if (line === null) unreadable += 1;
    else lines.push(line);
  }
  return { lines, unreadable };
}

function lineOf(text: string): Line | null {
  try {
    const read = lineSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}

/** Which of two lines of an installation came first. */
export const inOrder = (one: Line, other: Line): number =>
  one.era - other.era || Number(BigInt(one.audit) - BigInt(other.audit));
