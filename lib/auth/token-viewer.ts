import { createHash, randomBytes } from "node:crypto";
import type { TokenViewer } from "#lib/access/viewer";
import { LATCHKEY } from "#lib/applications/application";
import type { Database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import type { Gateway } from "#lib/gateways/gateway";
import { parseAddress } from "#lib/networks/address";
import { type Allowed, begin, conclude, type Decision, type Opening } from "#lib/verification/decide";
import type { InstallationFacts, TokenFacts } from "#lib/verification/facts/model";
import { readInstallationFacts, readTokenFacts } from "#lib/verification/facts/portal";
import { type Installation, layOut } from "#lib/verification/installation";
import type { CalledQuestion } from "#lib/verification/question";
import { REASONS } from "#lib/verification/reasons";
import { recordUse } from "#lib/verification/recorder/record-use";
import { tokenViewer } from "./actors";
import { readPerson } from "./person";

// The portal asks about requests to its own API as a gateway would: the same list decides, there is no second one.
// Its secret lives as long as the process and leaves it nowhere.
const SECRET = randomBytes(32).toString("base64url");
const PORTAL: Gateway = {
  id: "",
  key: "portal",
  adapter: "api",
  applications: [LATCHKEY],
  peers: [],
  trustedHops: 0,
  trustedRanges: [],
  secretDigest: createHash("sha256").update(SECRET).digest("hex"),
  previousSecretDigest: null,
  previousUntil: null,
};
const CONTACT = { peer: parseAddress("127.0.0.1"), secrets: [SECRET] };

/** The installation as the portal's own gateway sees it: one application, reached under any host. */
function withPortal(facts: InstallationFacts): Installation {
  const applications = facts.applications
    .filter((application) => application.key === LATCHKEY)
    .map((application) => ({ ...application, routes: [{ host: LATCHKEY, context: "" }] }));
  return layOut({ ...facts, applications, gateways: new Map([[PORTAL.key, PORTAL]]) });
}

function questionOf(request: Request, authorization: string, address: string): CalledQuestion {
  const { pathname, search } = new URL(request.url);
  const headers = ["authorization", authorization];
  const reading = {
    method: request.method,
    target: pathname + search,
    host: LATCHKEY,
    proto: "https",
    clientAddress: address,
    headers,
  };
  return { adapter: "api", gatewayKey: PORTAL.key, contact: CONTACT, reading };
}

function refusalOf(decision: Exclude<Decision, Allowed>): Result<never> {
  const { status, sentence } = REASONS[decision.reason];
  if (status === 401)
    return refuse("unauthenticated", "No valid token for application latchkey came with this request.");
  if (status === 503) return refuse("unavailable", sentence);
  return refuse(status === 400 ? "malformed" : "forbidden", sentence);
}

async function viewerOf(
  db: Database,
  { identity }: Allowed,
  facts: TokenFacts,
  address: string,
): Promise<Result<TokenViewer>> {
  const person = await readPerson(db, facts.owner.id);
  if (person === null || identity === null) return refuse("unauthenticated", "The owner of this token is gone.");
  const { userId, username, displayName, role, groupIds } = person;
  const { id: tokenId, name: tokenName, applications, ipRanges, expiresAt } = facts.token;
  const who = { userId, username, displayName, role, groupIds };
  const what = { tokenId, tokenName, access: identity.access, applications, ipRanges, expiresAt };
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
  const opening: Opening = begin(installation, questionOf(request, authorization, address), now);
  if (opening.settled) {
    return opening.decision.allowed
      ? refuse("unauthenticated", "Send a token of Latchkey.")
      : refusalOf(opening.decision);
  }
  const facts = await readTokenFacts(db, opening.digest);
  const decision = conclude(opening, installation, facts, now);
  if (!decision.allowed) return refusalOf(decision);
  if (facts === null) return refuse("unauthenticated", "Send a token of Latchkey.");
  const viewer = await viewerOf(db, decision, facts, address);
  if (viewer.ok) await recordUse(db, facts.token.id, address, now);
  return viewer;
}
