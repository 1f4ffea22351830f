import type { z } from "zod";
import type { CliViewer } from "#lib/access/viewer";
import type { Result } from "#lib/errors/error";
import { refusedInput } from "#lib/errors/invalid-input";
import { optional } from "./option";
import { type Verb, verb } from "./verb";

/** The query parameters of every list, as options. */
export const PAGE = {
  q: optional("TEXT", "only what has this in its name"),
  limit: optional("N", "so many at most, up to 100 (preset: 50)"),
  cursor: optional("CURSOR", "from nextCursor or previousCursor of the page before"),
  sort: optional("NAME", "by what; -NAME the other way round"),
};

const isSaid = ([, value]: [string, unknown]): boolean =>
  value !== undefined && !(Array.isArray(value) && value.length === 0);

/** Reads the query as REST does. @returns `invalid_input` naming the parameter */
export function queryOf<Query>(schema: z.ZodType<Query>, given: Readonly<Record<string, unknown>>): Result<Query> {
  const read = schema.safeParse(Object.fromEntries(Object.entries(given).filter(isSaid)));
  return read.success ? { ok: true, value: read.data } : refusedInput(read.error);
}

/** A list of all that there is of a noun, page by page. */
export const list = <Query>(
  about: string,
  schema: z.ZodType<Query>,
  read: (viewer: CliViewer, query: Query) => Promise<Result<object>>,
): Verb =>
  verb({
    about,
    options: PAGE,
    run: async (given, desk) => {
      const query = queryOf(schema, given);
      return query.ok ? desk.ask((viewer) => read(viewer, query.value)) : query;
    },
  });
