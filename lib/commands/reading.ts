import type { z } from "zod";
import { proven } from "#lib/access/second-factor";
import type { Viewer } from "#lib/access/viewer";
import { actorOfRequest } from "#lib/auth/request-actor";
import { ok, type Result, refuse } from "#lib/errors/error";
import { refusedInput } from "#lib/errors/invalid-input";
import { answering, answerOf, type RouteContext } from "./answer";
import { described, TAKES_NOTHING_ELSE } from "./described";

/** Query parameters as zod reads them: a name that comes twice is a list. */
export function parametersOf(request: Request): Record<string, string | string[]> {
  const { searchParams } = new URL(request.url);
  const names = [...new Set(searchParams.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = searchParams.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
}

/**
 * Makes a GET handler from a query. Unknown parameters are refused (the schema is strict); the viewer comes first,
 * and what they may not see is not there. `unproven`: for who is setting up the second factor that their role needs.
 */
export function reading<Query>(
  schema: z.ZodType<Query>,
  read: (viewer: Viewer, query: Query, params: Readonly<Record<string, string>>) => Promise<Result<object>>,
  { unproven = false }: { readonly unproven?: boolean } = {},
) {
  const handle = (request: Request, context: RouteContext): Promise<Response> =>
    answering(request, async () => {
      const actor = await actorOfRequest(request, { changes: false, visitors: false });
      if (!actor.ok) return actor;
      if (actor.value.kind === "visitor") return refuse("unauthenticated", "Sign in to see this.");
      const shown = unproven ? ok(undefined) : proven(actor.value);
      if (!shown.ok) return shown;
      const query = schema.safeParse(parametersOf(request));
      if (!query.success) return refusedInput(query.error);
      const found = await read(actor.value, query.data, await context.params);
      return found.ok ? answerOf(found.value, 200) : found;
    });
  return described(handle, { ...TAKES_NOTHING_ELSE, by: "query", input: schema, reads: true });
}
