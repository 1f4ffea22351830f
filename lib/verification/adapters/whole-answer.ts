import { type Answer, type Answering, answerAllowed, headersOf, problemOf } from "../answer";
import type { Decision } from "../decide";
import { REASONS } from "../reasons";

/**
 * An answer for gateways that pass it on to the client, word for word: the decision's own status, and one code for
 * every 401.
 */
export function wholeAnswer(decision: Decision, answering: Answering): Answer {
  const { requestId } = answering;
  if (decision.allowed) return answerAllowed(decision, requestId);
  const body = problemOf(decision, answering);
  const headers = headersOf(decision, requestId, "application/problem+json", body);
  return { status: REASONS[decision.reason].status, headers, body };
}
