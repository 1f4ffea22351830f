import type { Database, Transaction } from "#lib/db/client";
import type { Traces } from "./traces";

/** What administrators did to the account itself says nothing of its use. */
const ABOUT_THE_ACCOUNT = ["user.created", "user.edited", "user.deactivated", "user.reactivated"];

/** Reads what somebody has left behind, by their id. */
export async function readTraces(db: Database | Transaction, id: string): Promise<Traces> {
  const about = { subjectKind: "user", subjectId: id, action: { notIn: ABOUT_THE_ACCOUNT } };
  return {
    tokens: await db.token.count({ where: { ownerId: id } }),
    issued: await db.token.count({ where: { grantorId: id, NOT: { ownerId: id } } }),
    sessions: await db.session.count({ where: { userId: id } }),
    events: (await db.auditEvent.count({ where: { actorId: id } })) + (await db.auditEvent.count({ where: about })),
    maintained: await db.maintainer.count({ where: { userId: id } }),
  };
}
