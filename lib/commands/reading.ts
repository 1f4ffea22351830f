import type { z } from "zod";
import { proven } from "#lib/access/second-factor";
import type { Viewer } from "#lib/access/viewer";
import { actorOfRequest } from "#lib/auth/request-actor";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { refusedInput } from "#lib/errors/invalid-input";
import { answering, answerOf, type RouteContext } from "./answer";
import type { Command } from "./command";
import { described, ofNoted, TAKES_NOTHING_ELSE } from "./described";
import type { ActorKind } from "./door";
import { execute } from "./execute";

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

/**
 * Makes a GET handler from a command that reads and notes in the log who did. Its input is made of the query parameters
 * and the route's; the route's win.
 */
export function noting<Kind extends ActorKind, Input, Prepared, Subject, Permitted, Output extends object>(
  command: Command<Kind, Input, Prepared, Subject, Permitted, Output>,
) {
  const handle = (request: Request, context: RouteContext): Promise<Response> =>
    answering(request, async () => {
      const actor = await actorOfRequest(request, { changes: false, visitors: false, noted: true });
      if (!actor.ok) return actor;
      const asked = { ...parametersOf(request), ...(await context.params) };
      const done = await execute(database(), command, actor.value, asked, now());
      return done.ok ? answerOf(done.value.output, 200) : done;
    });
  return described(handle, { by: "query", status: 200, visitors: false, ...ofNoted(command) });
}
