import type { Described } from "#lib/commands/described";
import { type Drawn, drawnInput } from "./drawn";

export type Parameter = {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Drawn;
};

/** What lists have in common, in words. */
const SAYS: Readonly<Record<string, string>> = {
  limit: "How many on a page.",
  cursor: "What the page before said (`nextCursor`, `previousCursor`).",
  q: "Only what has this in its text, however it is written.",
  sort: "By what; downwards with a minus in front.",
};

/** The names that stand in brackets in a route. */
export const inPath = (route: string): string[] => [...route.matchAll(/\[(\w+)\]/g)].map((match) => match[1] ?? "");

const idSchema: Drawn = { type: "string", format: "uuid" };
const sequence: Drawn = { type: "string", pattern: "^\\d+$" };

const isDrawn = (value: Drawn | boolean): value is Drawn => typeof value === "object";

/** The parameters of an operation: what stands in its path, and, of what is read, the query. */
export function parametersOf({ by, input }: Described, route: string): Parameter[] {
  const path = inPath(route).map((name): Parameter => {
    return { name, in: "path", required: true, schema: name === "seq" ? sequence : idSchema };
  });
  if (by === "command" || by === "question") return path;
  const { properties = {}, required = [] } = drawnInput(input, []);
  const query = Object.entries(properties).flatMap(([name, schema]): Parameter[] => {
    if (!isDrawn(schema) || inPath(route).includes(name)) return [];
    const says = SAYS[name];
    return [{ name, in: "query", required: required.includes(name), ...(says && { description: says }), schema }];
  });
  return [...path, ...query];
}
