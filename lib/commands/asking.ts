import type { z } from "zod";
import { proven } from "#lib/access/second-factor";
import type { Caller, Viewer } from "#lib/access/viewer";
import { actorOfRequest } from "#lib/auth/request-actor";
import { ok, type Result, refuse } from "#lib/errors/error";
import { refusedInput } from "#lib/errors/invalid-input";
import { answering, answerOf, readJson } from "./answer";
import { described, TAKES_NOTHING_ELSE } from "./described";

type Ask = { readonly visitors: boolean; readonly unproven: boolean };

/** The same for whoever asks, visitors too: for what is asked before somebody is signed in. */
export function askingAnybody<Question>(
  schema: z.ZodType<Question>,
  answer: (actor: Caller, question: Question) => Promise<Result<object>>,
  { visitors, unproven }: Ask = { visitors: true, unproven: true },
) {
  const handle = (request: Request): Promise<Response> =>
    answering(request, async () => {
      const actor = await actorOfRequest(request, { changes: true, visitors });
      if (!actor.ok) return actor;
      const shown = unproven ? ok(undefined) : proven(actor.value);
      if (!shown.ok) return shown;
      const body = await readJson(request);
      if (!body.ok) return body;
      const question = schema.safeParse(body.value);
      if (!question.success) return refusedInput(question.error);
      const found = await answer(actor.value, question.data);
      return found.ok ? answerOf(found.value, 200) : found;
    });
  return described(handle, { ...TAKES_NOTHING_ELSE, by: "question", input: schema, visitors });
}

/**
 * Makes a POST handler from a query whose question is too long, or too secret, for an address. It changes nothing; a
 * cookie must come from the portal's own pages all the same. `unproven`: for who is setting up the second factor that
 * their role needs.
 */
export function asking<Question>(
  schema: z.ZodType<Question>,
  answer: (viewer: Viewer, question: Question) => Promise<Result<object>>,
  { unproven = false }: { readonly unproven?: boolean } = {},
) {
  const ofViewer = async (actor: Caller, question: Question) =>
    actor.kind === "visitor" ? refuse("unauthenticated", "Sign in to see this.") : answer(actor, question);
  return askingAnybody(schema, ofViewer, { visitors: false, unproven });
}
