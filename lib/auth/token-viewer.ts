import type { TokenViewer } from "#lib/access/viewer";
import type { Database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { restrictionsOf } from "#lib/tokens/restrictions/restrictions";
import { type Allowed, begin, conclude, type Opening } from "#lib/verification/decide";
import type { TokenFacts } from "#lib/verification/facts/model";
import { readInstallationFacts, readTokenFacts } from "#lib/verification/facts/portal";
import { recordUse } from "#lib/verification/recorder/record-use";
import { tokenViewer } from "./actors";
import { readPerson } from "./person";
import { questionOf, RATES, refusalOf, withPortal } from "./portal-gateway";

const NO_TOKEN = "No valid token for application latchkey came with this request.";

async function viewerOf(
  db: Database,
  { identity }: Allowed,
  facts: TokenFacts,
  address: string,
): Promise<Result<TokenViewer>> {
  const person = await readPerson(db, facts.owner.id);
  if (person === null || identity === null) return refuse("unauthenticated", "The owner of this token is gone.");
  const { userId, username, displayName, role, groupIds } = person;
  const { id: tokenId, name: tokenName, applications, ipRanges, restricted, expiresAt } = facts.token;
  const who = { userId, username, displayName, role, groupIds };
  const what = {
    tokenId,
    tokenName,
    access: identity.access,
    applications,
    ipRanges,
    narrowing: restrictionsOf(restricted),
    expiresAt,
  };
  return ok(tokenViewer({ kind: "token", ...who, ...what, address }));
}

/**
 * Who calls the portal's API with a token. Facts are read uncached, so that a revocation holds at the next request.
 * @param authorization the header's value
 * @param address of the client
 * @param now epoch milliseconds
 * @returns the viewer, narrowed to the token; or the refusal that a gateway would have passed on
 */
export async function viewerOfAuthorization(
  db: Database,
  request: Request,
  authorization: string,
  address: string,
  now: number,
): Promise<Result<TokenViewer>> {
  const installation = withPortal(await readInstallationFacts(db));
  const opening: Opening = begin(installation, questionOf(request, authorization, address), now, RATES);
  if (opening.settled) {
    return opening.decision.allowed
      ? refuse("unauthenticated", "Send a token of Latchkey.")
      : refusalOf(opening.decision, NO_TOKEN);
  }
  const facts = await readTokenFacts(db, opening.digest);
  const decision = conclude(opening, installation, facts, now, RATES);
  if (!decision.allowed) return refusalOf(decision, NO_TOKEN);
  if (facts === null) return refuse("unauthenticated", "Send a token of Latchkey.");
  const viewer = await viewerOf(db, decision, facts, address);
  if (viewer.ok) await recordUse(db, facts.token.id, address, now);
  return viewer;
}
