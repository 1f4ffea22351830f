import { z } from "zod";

const lineSchema = z.object({ event: z.literal("verification.refused"), requestId: z.string(), reason: z.string() });

/** Why verifiers refused, by request id, as far as their logs say so. A log may end in the middle of a line. */
export function reasonsIn(logs: string): ReadonlyMap<string, string> {
  const read = logs.split("\n").flatMap((line) => {
    const { data } = lineSchema.safeParse(json(line));
    return data === undefined ? [] : [[data.requestId, data.reason] as const];
  });
  return new Map(read);
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}
