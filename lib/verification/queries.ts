import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { slug } from "#lib/fields";
import { readVerifyBody, verifyBody } from "./adapters/api";
import { digestAskedFor, type Explanation, explain } from "./explain";
import type { TokenFacts } from "./facts/model";
import { readInstallationFacts, readTokenFacts } from "./facts/portal";
import { layOut } from "./installation";
import type { Question } from "./question";

/** A described request: the body of `POST /v1/verify`, and the gateway through which it would come. */
export const explainInput = verifyBody.extend({ gateway: slug });

export type ExplainInput = ReturnType<typeof explainInput.parse>;

/** The verdict and every step that led to it. */
export type Explained = Omit<Explanation, "subject">;

const NOT_YOURS = refuse(
  "forbidden",
  "Only requests with a token of your own are explained to you. Administrators and auditors see all.",
);

function mayAsk(viewer: Viewer, found: TokenFacts | null | undefined): boolean {
  if (can(viewer, "explain.any")) return true;
  return "userId" in viewer && found?.owner.id === viewer.userId;
}

/**
 * Judges a described request by the very list that the verifier judges by, with the facts of now, and tells each step.
 * Nothing is consumed, recorded or let through.
 * @returns `forbidden` for who asks about anything but a token of their own, without a role
 */
export async function explainRequest(viewer: Viewer, input: ExplainInput): Promise<Result<Explained>> {
  const { gateway: gatewayKey, ...request } = input;
  const db = database();
  const installation = layOut(await readInstallationFacts(db));
  const adapter = installation.facts.gateways.get(gatewayKey)?.adapter ?? "api";
  const question: Question = { adapter, gatewayKey, contact: null, reading: readVerifyBody(request) };
  const at = now();
  const digest = digestAskedFor(installation, question, at);
  const found = digest === null ? undefined : await readTokenFacts(db, digest);
  if (!mayAsk(viewer, found)) return NOT_YOURS;
  const { subject: _subject, ...explained } = explain(installation, question, found, at);
  return ok(explained);
}
