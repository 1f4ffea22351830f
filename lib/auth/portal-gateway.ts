import { createHash, randomBytes } from "node:crypto";
import { LATCHKEY } from "#lib/applications/application";
import { overQuota, type Result, refuse, tooSoon } from "#lib/errors/error";
import type { Gateway } from "#lib/gateways/gateway";
import { parseAddress } from "#lib/networks/address";
import type { Refused } from "#lib/verification/decision";
import type { InstallationFacts } from "#lib/verification/facts/model";
import { type Installation, layOut } from "#lib/verification/installation";
import type { CalledQuestion } from "#lib/verification/question";
import { Rates } from "#lib/verification/rates";
import { REASONS } from "#lib/verification/reasons";

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
/** Rate limits of tokens at our own API, apart from those of the verifiers. */
export const RATES = new Rates();
const CONTACT = { peer: parseAddress("127.0.0.1"), secrets: [SECRET] };

/** The installation as the portal's own gateway sees it: one application, reached under any host. */
export function withPortal(facts: InstallationFacts): Installation {
  const applications = facts.applications
    .filter((application) => application.key === LATCHKEY)
    .map((application) => ({ ...application, routes: [{ host: LATCHKEY, context: "" }] }));
  return layOut({ ...facts, applications, gateways: new Map([[PORTAL.key, PORTAL]]) });
}

/** A request to our own API as a gateway would tell it. @param address of the client */
export function questionOf(request: Request, authorization: string, address: string): CalledQuestion {
  const { pathname, search } = new URL(request.url);
  const others = [...request.headers].filter(([name]) => name !== "authorization").flat();
  const headers = ["authorization", authorization, ...others];
  const reading = {
    method: request.method,
    target: pathname + search,
    host: LATCHKEY,
    proto: "https",
    clientAddress: address,
    headers,
  };
  return { adapter: "api", gatewayKey: PORTAL.key, contact: CONTACT, reading, withholds: "all" };
}

/** What a client of our API is told for a refusal of the list. @param unauthenticated the sentence of every 401 alike */
export function refusalOf(
  { reason, quota }: Pick<Refused, "reason" | "quota">,
  unauthenticated: string,
): Result<never> {
  const { status, sentence } = REASONS[reason];
  if (status === 401) return refuse("unauthenticated", unauthenticated);
  if (status === 503) return refuse("unavailable", sentence);
  if (status === 429) return quota === null ? tooSoon(1, sentence) : overQuota(quota, sentence);
  return refuse(status === 400 ? "malformed" : "forbidden", sentence);
}
