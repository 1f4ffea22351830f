import { actorOfRequest } from "#lib/auth/request-actor";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { answering, answerOf, type RouteContext, readJson } from "./answer";
import type { Command } from "./command";
import { described, ofCommand } from "./described";
import type { ActorKind } from "./door";
import { execute } from "./execute";

type Shape = {
  /** 201 when something was made; a repetition is always 200. */
  readonly status?: 200 | 201;
  /** Makes the command's input from the body and the route's parameters; preset: both merged, the route's winning. */
  readonly input?: (body: unknown, params: Readonly<Record<string, string>>) => unknown;
};

const merged = (body: unknown, params: Readonly<Record<string, string>>): unknown =>
  typeof body === "object" && body !== null && !Array.isArray(body) ? { ...body, ...params } : body;

/**
 * Makes a REST handler from a command: origin, size and media type are checked, the actor is made from cookie or
 * token, and what comes back is the command's output with `enforcement`, or problem details (RFC 9457).
 */
export function endpoint<Kind extends ActorKind, Input, Prepared, Subject, Permitted, Output extends object>(
  command: Command<Kind, Input, Prepared, Subject, Permitted, Output>,
  { status = 200, input = merged }: Shape = {},
) {
  const visitors = command.door.some((kind) => kind === "visitor");
  const handle = (request: Request, context: RouteContext): Promise<Response> =>
    answering(request, async () => {
      const actor = await actorOfRequest(request, { changes: true, visitors });
      if (!actor.ok) return actor;
      const body = await readJson(request);
      if (!body.ok) return body;
      const raw = input(body.value, await context.params);
      const done = await execute(database(), command, actor.value, raw, now());
      if (!done.ok) return done;
      const { output, enforcement, repeated } = done.value;
      return answerOf(enforcement === null ? output : { ...output, enforcement }, repeated ? 200 : status);
    });
  return described(handle, { by: "command", status, visitors, ...ofCommand(command) });
}
