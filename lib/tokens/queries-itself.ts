import type { TokenItself } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ok, type Result } from "#lib/errors/error";
import { readInstallationFacts } from "#lib/verification/facts/portal";
import { planItself } from "./acting/plan-rotation";
import { type ItselfView, itselfView } from "./itself";
import { holderOf } from "./row";
import { TOKEN_COLUMNS, viewToken } from "./store";
import { TOKEN_NOT_FOUND } from "./store-subject";

/** What a token may know about itself. */
export async function seeItself(token: TokenItself): Promise<Result<ItselfView>> {
  const [db, at] = [database(), now()];
  const row = await db.token.findUnique({ where: { id: token.tokenId }, select: TOKEN_COLUMNS });
  if (row === null) return TOKEN_NOT_FOUND;
  const rules = await readInstallationFacts(db);
  const mayRotate = planItself({ row, owner: holderOf(row.owner), rules }, at).ok;
  return ok(itselfView(await viewToken(db, token, row, rules.policies, at), mayRotate));
}
