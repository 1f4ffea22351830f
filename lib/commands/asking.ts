import type { z } from "zod";
import type { Viewer } from "#lib/access/viewer";
import { actorOfRequest } from "#lib/auth/request-actor";
import { type Result, refuse } from "#lib/errors/error";
import { refusedInput } from "#lib/errors/invalid-input";
import { answering, answerOf, readJson } from "./answer";

/**
 * Makes a POST handler from a query whose question is too long, or too secret, for an address. It changes nothing; a
 * cookie must come from the portal's own pages all the same.
 */
export function asking<Question>(
  schema: z.ZodType<Question>,
  answer: (viewer: Viewer, question: Question) => Promise<Result<object>>,
) {
  return (request: Request): Promise<Response> =>
    answering(request, async () => {
      const actor = await actorOfRequest(request, { changes: true, visitors: false });
      if (!actor.ok) return actor;
      if (actor.value.kind === "visitor") return refuse("unauthenticated", "Sign in to see this.");
      const body = await readJson(request);
      if (!body.ok) return body;
      const question = schema.safeParse(body.value);
      if (!question.success) return refusedInput(question.error);
      const found = await answer(actor.value, question.data);
      return found.ok ? answerOf(found.value, 200) : found;
    });
}
