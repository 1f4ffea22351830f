import type { Caller, SessionViewer, VisitorViewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { env } from "#lib/env";
import { ok, type Result, refuse } from "#lib/errors/error";
import { visitor } from "./actors";
import { cookieOf } from "./cookie";
import { PEER_HEADER } from "./peer-header";
import { sessionCookieName } from "./session-cookie";
import { viewerOfCookie } from "./session-viewer";
import { viewerOfAuthorization } from "./token-viewer";

export const addressOf = (headers: Headers): string => headers.get(PEER_HEADER) ?? "unknown";

/**
 * Who sends this request: the owner of a token (Authorization), a signed-in person (cookie), or a visitor.
 * A request with both is the token's: scripts say what they mean.
 * @param wants whether it changes something (then a cookie needs the same origin), whether visitors may, and whether
 * the log notes that somebody looked (then a link on another site's page is not followed for a cookie)
 */
export async function actorOfRequest(
  request: Request,
  wants: { changes: boolean; visitors: boolean; noted?: true },
): Promise<Result<Caller>> {
  const address = addressOf(request.headers);
  const authorization = request.headers.get("authorization");
  if (authorization !== null) return viewerOfAuthorization(database(), request, authorization, address, now());
  if (wants.changes && !fromSameOrigin(request.headers)) {
    return refuse("foreign_origin", "Changes are accepted from the portal's own pages only. Scripts use a token.");
  }
  if (wants.noted && request.headers.get("sec-fetch-site") === "cross-site") {
    return refuse("foreign_origin", "The log notes who looks at this: open it from the portal's own pages.");
  }
  const viewer = await viewerOfHeaders(request.headers);
  if (viewer !== null) return ok(viewer);
  if (wants.visitors) return ok(visitor(address, request.headers.get("user-agent") ?? ""));
  return refuse("unauthenticated", "Sign in, or send a token for application latchkey.");
}

/** Whoever sends this request, as nobody: neither cookie nor token is looked at, so no site can lend them anything. */
export const anybodyOfRequest = ({ headers }: Request): VisitorViewer =>
  visitor(addressOf(headers), headers.get("user-agent") ?? "");

/** Whoever has sent something from an address before, as nobody. */
export const anybodyFrom = (address: string): VisitorViewer => visitor(address, "");

/** Who is signed in with these request headers, or null. For pages; the address is the one our listener saw. */
export async function viewerOfHeaders(headers: Headers): Promise<SessionViewer | null> {
  const sealed = cookieOf(headers.get("cookie"), sessionCookieName(env().url));
  return sealed === null ? null : viewerOfCookie(database(), sealed, addressOf(headers), now());
}

/** OWASP ASVS 3.5: a cookie alone changes nothing. `Origin: null` is foreign; so is a request that names no origin. */
function fromSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  return headers.get("origin") === new URL(env().url).origin;
}
