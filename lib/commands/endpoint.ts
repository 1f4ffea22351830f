import type { Actor } from "#lib/access/viewer";
import { actorOfRequest } from "#lib/auth/request-actor";
import { now } from "#lib/clock";
import { type Database, database } from "#lib/db/client";
import type { Result } from "#lib/errors/error";
import { refusedInput } from "#lib/errors/invalid-input";
import { answering, answerOf, type RouteContext, readJson } from "./answer";
import type { Command } from "./command";
import { described, ofCommand } from "./described";
import { type ActorKind, type ActorOf, throughDoor } from "./door";
import { execute } from "./execute";

type Shape<Who, Input, Output> = {
  /** 201 when something was made, 202 when it goes on afterwards; a repetition is always 200. */
  readonly status?: 200 | 201 | 202;
  /** Makes the command's input from the body and the route's parameters; preset: both merged, the route's winning. */
  readonly input?: (body: unknown, params: Readonly<Record<string, string>>) => unknown;
  /** Answers what only asks what would happen, `dryRun: true`: nothing is changed, and nobody proves who they are. */
  readonly preview?: (who: Who, input: Input) => Promise<Result<object>>;
  /** Goes on once the command is committed, and answers in its place: for what no transaction may wait for. */
  readonly afterwards?: (who: Who, output: Output) => Promise<Result<object>>;
};

const asksToSee = (raw: unknown): boolean =>
  typeof raw === "object" && raw !== null && "dryRun" in raw && raw.dryRun === true;

const merged = (body: unknown, params: Readonly<Record<string, string>>): unknown =>
  typeof body === "object" && body !== null && !Array.isArray(body) ? { ...body, ...params } : body;

/** Executes a command and answers with its output and `enforcement`. @param at epoch milliseconds */
export async function executed<Kind extends ActorKind, Input, Prepared, Subject, Permitted, Output extends object>(
  db: Database,
  command: Command<Kind, Input, Prepared, Subject, Permitted, Output>,
  actor: Actor,
  raw: unknown,
  { status, at }: { readonly status: 200 | 201 | 202; readonly at: number },
): Promise<Result<Response>> {
  const done = await execute(db, command, actor, raw, at);
  if (!done.ok) return done;
  const { output, enforcement, repeated } = done.value;
  return answerOf(enforcement === null ? output : { ...output, enforcement }, repeated ? 200 : status);
}

/**
 * Makes a REST handler from a command: origin, size and media type are checked, the actor is made from cookie or
 * token, and what comes back is the command's output with `enforcement`, or problem details (RFC 9457).
 */
export function endpoint<Kind extends ActorKind, Input, Prepared, Subject, Permitted, Output extends object>(
  command: Command<Kind, Input, Prepared, Subject, Permitted, Output>,
  { status = 200, input = merged, preview, afterwards }: Shape<ActorOf<Kind>, Input, Output> = {},
) {
  const visitors = command.door.some((kind) => kind === "visitor");
  const handle = (request: Request, context: RouteContext): Promise<Response> =>
    answering(request, async () => {
      const actor = await actorOfRequest(request, { changes: true, visitors });
      if (!actor.ok) return actor;
      const body = await readJson(request);
      if (!body.ok) return body;
      const raw = input(body.value, await context.params);
      if (preview !== undefined && asksToSee(raw)) {
        const came = throughDoor(actor.value, command.door);
        if (!came.ok) return came;
        const asked = command.input.safeParse(raw);
        if (!asked.success) return refusedInput(asked.error);
        const seen = await preview(came.value, asked.data);
        return seen.ok ? answerOf(seen.value, 200) : seen;
      }
      if (afterwards === undefined) {
        return executed(database(), command, actor.value, raw, { status, at: now() });
      }
      const came = throughDoor(actor.value, command.door);
      if (!came.ok) return came;
      const done = await execute(database(), command, actor.value, raw, now());
      if (!done.ok) return done;
      const after = await afterwards(came.value, done.value.output);
      return after.ok ? answerOf(after.value, status) : after;
    });
  return described(handle, { by: "command", status, visitors, ...ofCommand(command) });
}
