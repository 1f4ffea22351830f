import type { SessionViewer, SystemViewer, TokenViewer } from "#lib/access/viewer";
import { LATCHKEY } from "#lib/applications/application";
import type { Database } from "#lib/db/client";
import { parseAddress } from "#lib/networks/address";
import { LEFT } from "#lib/sessions/store";
import { restrictionsOf } from "#lib/tokens/restrictions/restrictions";
import { effectiveAccess } from "#lib/tokens/rights/effective";
import { accessOf, waysFrom, waysTo } from "#lib/tokens/rights/way";
import { statusOf } from "#lib/tokens/status";
import { readInstallationFacts, readTokenFacts } from "#lib/verification/facts/portal";
import { sessionViewer, system, tokenViewer } from "./actors";
import { type PersonRow, readPerson } from "./person";

/** Who began an operation, and by what. */
export type Maker = {
  readonly makerId: string;
  readonly sessionId: string | null;
  readonly tokenId: string | null;
  readonly address: string;
};

/** Who ends an operation whose maker may not go on. */
export const operationsKeeper = (): SystemViewer => system("operations");

const USABLE = ["active", "expiring", "rotating"];

/**
 * Whoever began an operation, judged now: the person, their groups and role. Signing out or being idle leaves it going,
 * since one may leave the page; a session that was ended otherwise, and a token that no longer works, do not.
 * @param now epoch milliseconds
 * @returns null for whom it must not go on
 */
export async function viewerOfOperation(
  db: Database,
  maker: Maker,
  now: number,
): Promise<SessionViewer | TokenViewer | null> {
  const person = await readPerson(db, maker.makerId);
  if (person === null || person.deactivated) return null;
  return maker.tokenId === null
    ? bySession(db, maker, maker.sessionId, person)
    : byToken(db, maker, maker.tokenId, person, now);
}

const whoOf = ({ userId, username, displayName, role, groupIds }: PersonRow) => ({
  ...{ userId, username, displayName, role, groupIds },
});

async function bySession(db: Database, { address }: Maker, sessionId: string | null, person: PersonRow) {
  const row = sessionId === null ? null : await db.session.findUnique({ where: { id: sessionId } });
  if (row === null || row.userId !== person.userId || person.kind !== "person") return null;
  if (row.endedAt !== null && row.endReason !== LEFT) return null;
  const steppedUpAt = row.stepUpAt?.getTime() ?? null;
  const secondFactor = row.secondFactorAt !== null;
  return sessionViewer({
    ...{ kind: "session", sessionId: row.id, steppedUpAt, secondFactor, address },
    ...whoOf(person),
  });
}

async function byToken(db: Database, { address }: Maker, tokenId: string, person: PersonRow, now: number) {
  const row = await db.token.findUnique({ where: { id: tokenId }, select: { digest: true } });
  const facts = row?.digest ? await readTokenFacts(db, Buffer.from(row.digest).toString("hex")) : null;
  if (facts === null || facts.owner.id !== person.userId) return null;
  const { token, owner } = facts;
  // Ranges are judged below, and one operation is one request; whatever else restricts it cannot be judged here.
  if (token.restrictions.some((each) => each !== "ip_ranges" && each !== "rate_limit")) return null;
  if (!USABLE.includes(statusOf(token, owner, now))) return null;
  const { use, ways } = effectiveAccess(token, owner, await readInstallationFacts(db), now);
  const access = accessOf(waysFrom(waysTo(ways, LATCHKEY), parseAddress(address)));
  if (!use || access === null) return null;
  const { id, name, applications, ipRanges, restricted, expiresAt } = token;
  const what = {
    tokenId: id,
    tokenName: name,
    access,
    applications,
    ipRanges,
    narrowing: restrictionsOf(restricted),
    expiresAt,
  };
  return tokenViewer({ kind: "token", ...whoOf(person), ...what, address });
}
