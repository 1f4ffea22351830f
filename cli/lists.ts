import type { Command } from "commander";
import type { z } from "zod";
import type { Result } from "#lib/errors/error";
import { refusedInput } from "#lib/errors/invalid-input";
import { type Options, said } from "./options";

/** The options that every list has. */
export function paged(command: Command): Command {
  return command
    .option("--limit <n>", "at most 100, preset 50")
    .option("--cursor <cursor>", "nextCursor or previousCursor of another page")
    .option("--q <text>", "only what matches")
    .option("--sort <field>", "field, or -field for the other way round");
}

/** What was asked of a list. */
export const page = ({ limit, cursor, q, sort }: Options) => said({ limit, cursor, q, sort });

/** Reads the query of a list as its REST address does, then asks. */
export async function asked<Query>(
  schema: z.ZodType<Query>,
  raw: object,
  list: (query: Query) => Promise<Result<object>>,
): Promise<Result<object>> {
  const query = schema.safeParse(raw);
  return query.success ? list(query.data) : refusedInput(query.error);
}
