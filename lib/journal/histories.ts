import { z } from "zod";

const toldSchema = z.object({ after: z.object({ histories: z.record(z.string().max(20), z.uuid().nullable()) }) });

/** The histories that the event of a quarantine names, as it is stored; none where an earlier version wrote it. */
export function historiesIn(detail: unknown): readonly string[] {
  const read = toldSchema.safeParse(detail);
  return read.success ? Object.values(read.data.after.histories).filter((each) => each !== null) : [];
}
