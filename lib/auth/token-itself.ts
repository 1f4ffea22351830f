import type { TokenItself } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { type Database, database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { begin } from "#lib/verification/decide";
import { readInstallationFacts, readTokenFacts } from "#lib/verification/facts/portal";
import { type Coming, judgeItself, rulesFor } from "#lib/verification/itself";
import { recordUse } from "#lib/verification/recorder/record-use";
import { tokenItself } from "./actors";
import { questionOf, RATES, refusalOf, withPortal } from "./portal-gateway";
import { addressOf } from "./request-actor";

const NO_TOKEN = "No valid token came with this request. Send the token itself, as Bearer or as Basic password.";

/**
 * Which token comes about itself. Facts are read uncached, so that a revocation holds at the next request.
 * @param authorization the header's value
 * @param address of the client
 * @param now epoch milliseconds
 * @returns the token; `unauthenticated` alike for whatever is none (any more), `forbidden` from the wrong place
 */
export async function itselfOfAuthorization(
  db: Database,
  request: Request,
  { authorization, address, anywhere }: Coming & { readonly authorization: string; readonly address: string },
  now: number,
): Promise<Result<TokenItself>> {
  const rules = rulesFor(await readInstallationFacts(db), { anywhere });
  const opening = begin(withPortal(rules), questionOf(request, authorization, address), now, RATES);
  if (opening.settled) {
    return opening.decision.allowed ? refuse("unauthenticated", NO_TOKEN) : refusalOf(opening.decision, NO_TOKEN);
  }
  const facts = await readTokenFacts(db, opening.digest);
  const against = judgeItself(opening, facts, now, { anywhere });
  if (against !== null) return refusalOf(against, NO_TOKEN);
  if (facts === null) return refuse("unauthenticated", NO_TOKEN);
  const { token, owner } = facts;
  await recordUse(db, token.id, address, now);
  const who = { tokenId: token.id, tokenName: token.name, ownerId: owner.id, ownerName: owner.username };
  return ok(tokenItself({ kind: "itself", ...who, address }));
}

/** The same of a request. A cookie is not looked at: another site's page can send none of this for anybody. */
export async function itselfOfRequest(request: Request, coming: Coming): Promise<Result<TokenItself>> {
  const authorization = request.headers.get("authorization");
  if (authorization === null) return refuse("unauthenticated", NO_TOKEN);
  const address = addressOf(request.headers);
  return itselfOfAuthorization(database(), request, { ...coming, authorization, address }, now());
}
