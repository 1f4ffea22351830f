import type { Viewer } from "#lib/access/viewer";
import { actorOfRequest } from "#lib/auth/request-actor";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ok, refuse } from "#lib/errors/error";
import { answering } from "./answer";
import type { Command } from "./command";
import { described, ofNoted } from "./described";
import type { ActorKind } from "./door";
import { execute } from "./execute";
import { parametersOf } from "./reading";

/** A file as it comes into being. */
export type Streamed = { readonly name: string; readonly type: string; readonly parts: AsyncGenerator<string> };

/**
 * Makes a GET handler that answers with a file of any length, part by part, as fast as it is read; a reader who goes
 * away ends it. What fails after the first part breaks the connection: half a file must not look whole.
 * @param begin takes the query parameters, decides whether they may, and writes into the log that they do
 * @param open makes the file of what that gives out
 */
export function streaming<Kind extends ActorKind, Input, Prepared, Subject, Permitted, Output>(
  begin: Command<Kind, Input, Prepared, Subject, Permitted, Output>,
  open: (viewer: Viewer, output: Output) => Streamed,
) {
  const handle = (request: Request): Promise<Response> =>
    answering(request, async () => {
      const actor = await actorOfRequest(request, { changes: false, visitors: false, noted: true });
      if (!actor.ok) return actor;
      if (actor.value.kind === "visitor") return refuse("unauthenticated", "Sign in to see this.");
      const begun = await execute(database(), begin, actor.value, parametersOf(request), now());
      if (!begun.ok) return begun;
      const { name, type, parts } = open(actor.value, begun.value.output);
      const headers = {
        "content-type": type,
        "content-disposition": `attachment; filename="${name}"`,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      };
      return ok(new Response(streamOf(parts), { headers }));
    });
  return described(handle, { by: "file", status: 200, visitors: false, ...ofNoted(begin) });
}

function streamOf(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      const next = await parts.next();
      if (next.done) controller.close();
      else controller.enqueue(bytes.encode(next.value));
    },
    cancel: async () => {
      await parts.return(undefined);
    },
  });
}
