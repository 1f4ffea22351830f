import type { Viewer } from "#lib/access/viewer";
import { actorOfRequest } from "#lib/auth/request-actor";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ok, refuse } from "#lib/errors/error";
import { answering } from "./answer";
import type { Command } from "./command";
import type { ActorKind } from "./door";
import { execute } from "./execute";
import { parametersOf } from "./reading";

/**
 * Makes a GET handler that hands out a file: a command decides whether and notes that it left, then it is read piece by
 * piece as fast as it is taken.
 * @param name what the file is called
 */
export function download<Kind extends ActorKind, Input, Prepared, Subject, Permitted, Output>(
  command: Command<Kind, Input, Prepared, Subject, Permitted, Output>,
  name: string,
  pieces: (viewer: Viewer, output: Output) => AsyncGenerator<string>,
) {
  return (request: Request): Promise<Response> =>
    answering(request, async () => {
      const actor = await actorOfRequest(request, { changes: false, visitors: false });
      if (!actor.ok) return actor;
      if (actor.value.kind === "visitor") return refuse("unauthenticated", "Sign in to see this.");
      const done = await execute(database(), command, actor.value, parametersOf(request), now());
      if (!done.ok) return done;
      const from = pieces(actor.value, done.value.output);
      const encoder = new TextEncoder();
      const body = new ReadableStream<Uint8Array>({
        pull: async (controller) => {
          const next = await from.next();
          if (next.done) controller.close();
          else controller.enqueue(encoder.encode(next.value));
        },
        cancel: async () => {
          await from.return(undefined);
        },
      });
      const headers = {
        "content-type": "text/csv; charset=utf-8; header=present",
        "content-disposition": `attachment; filename="${name}"`,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      };
      return ok(new Response(body, { headers }));
    });
}
