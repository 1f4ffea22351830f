import { z } from "zod";
import type { SessionViewer } from "#lib/access/viewer";
import { auditQuery } from "#lib/audit/parameters";
import { listAuditEvents } from "#lib/audit/queries";
import { execute } from "#lib/commands/execute";
import { type Database, Prisma } from "#lib/db/client";
import { Operations } from "#lib/jobs/operations";
import { beginBulk } from "#lib/tokens/commands/begin-bulk";
import { findTokenBySecret } from "#lib/tokens/commands/find";
import { exportedTokens } from "#lib/tokens/queries-export";
import { managedTokensQuery, pageOfManagedTokens } from "#lib/tokens/queries-managed";
import { TOKEN_ORDERS, tokenFilter } from "#lib/tokens/search/filter";
import { newSecret } from "#lib/tokens/secret";
import { rememberedBreaches } from "#lib/tokens/store-breaches";
import { listUsers, usersQuery } from "#lib/users/queries";
import type { Row } from "../table";
import { rowOf, slowest, timed } from "./timed";

const DAY = 86_400_000;
const iso = (at: number) => new Date(at).toISOString();

/** The log by who, what, what about and when, alone and together, and by text. */
export async function measureAudit(viewer: SessionViewer, events: number, now: number): Promise<Row[]> {
  const subject = "Jenkins release train 7920";
  const window = { from: iso(now - 40 * DAY), to: iso(now - 39 * DAY) };
  const asked = [
    {},
    { actor: "mara.lindqvist1" },
    { actor: "nobody-at-all" },
    { subject },
    { action: "token.sought" },
    { action: "user" },
    window,
    { ...window, action: "token.exported" },
    { ...window, actor: "mara.lindqvist1", action: "token.sought" },
    { q: "release train 7920" },
    { q: "lindqvist", action: "token.sought" },
  ];
  const rows: Row[] = [];
  for (const filter of asked) {
    const query = auditQuery.parse(filter);
    const what = `audit log of ${events}, by ${Object.keys(filter).join(", ") || "nothing"}`;
    rows.push(rowOf(await timed(what, () => listAuditEvents(viewer, query)), 500));
  }
  return rows;
}

/** The list of people, in each order, narrowed and searched. */
export async function measurePeople(viewer: SessionViewer): Promise<Row> {
  const cells = [];
  for (const sort of ["username", "-username", "displayName", "-createdAt", "lastSignInAt", "-lastSignInAt"]) {
    for (const filter of [{}, { q: "lindqvist" }, { q: "zz-nothing" }, { q: "ma" }]) {
      const query = usersQuery.parse({ ...filter, sort });
      cells.push(await timed(`people by ${sort} ${JSON.stringify(filter)}`, () => listUsers(viewer, query)));
    }
  }
  const worst = slowest(cells);
  if (worst === undefined) throw new Error("nothing was measured");
  return rowOf({ ...worst, what: `list of people, slowest of ${cells.length}: ${worst.what}` }, 300);
}

/** A pasted secret, which nobody has. Each is noted in the log. */
export async function measureFind(db: Database, viewer: SessionViewer, now: number): Promise<Row> {
  return rowOf(
    await timed("find by secret", () => execute(db, findTokenBySecret, viewer, { secret: newSecret() }, now)),
    300,
  );
}

/** What of an export is read in a while, in tokens per second. */
export async function measureExport(viewer: SessionViewer, most = 50_000): Promise<Row> {
  const begin = performance.now();
  let lines = -1;
  for await (const piece of exportedTokens(viewer, tokenFilter.parse({}))) {
    lines += piece.split("\r\n").length - 1;
    if (lines >= most) break;
  }
  const value = (lines / (performance.now() - begin)) * 1_000;
  return { what: `CSV export, ${lines} tokens, in tokens a second`, value, bar: 3_000, unit: "", better: "more" };
}

/** All that breaks its policy, from nothing: what the first search after a change of rules waits for. */
export async function measureBreaches(db: Database, now: number): Promise<Row> {
  const begin = async () => db.breachState.update({ where: { id: 1 }, data: { seq: -1n } });
  const cell = await timed("working out anew what breaks its policy", async () => {
    await begin();
    await rememberedBreaches(db, now);
  });
  return rowOf(cell, 10_000);
}

/**
 * The same where a highest rate is set that no token keeps to, and then what breaks its policy, in each order: almost
 * all that live. The rules are put back.
 */
export async function measureAllBroken(db: Database, viewer: SessionViewer, now: number): Promise<Row[]> {
  const before = await db.policy.findMany({ where: { own: { not: Prisma.DbNull } }, select: { id: true, own: true } });
  const own = (limits: unknown, change: object) => ({ ...z.record(z.string(), z.json()).parse(limits), ...change });
  const rules = async (change: object) => {
    for (const { id, own: limits } of before)
      await db.policy.update({ where: { id }, data: { own: own(limits, change) } });
  };
  await rules({ maxRatePerMinute: 1 });
  const worked = await timed("working it out where almost all do", () => rememberedBreaches(db, now), 1);
  const cells = [];
  for (const order of TOKEN_ORDERS) {
    for (const sort of [order, `-${order}`]) {
      const query = managedTokensQuery.parse({ breaksPolicy: "true", sort });
      cells.push(await timed(`almost all break their policy, by ${sort}`, () => pageOfManagedTokens(viewer, query)));
    }
  }
  await rules({});
  await rememberedBreaches(db, now);
  const worst = slowest(cells);
  return [rowOf(worked, 10_000), ...(worst === undefined ? [] : [rowOf(worst, 300)])];
}

/** Revokes as many as one operation may, chosen by when they were made; the last thing that is measured. */
export async function measureBulk(db: Database, viewer: SessionViewer): Promise<Row> {
  // What is expiring is asked for by the clock, and the other measurements took minutes.
  const now = Date.now();
  const status = ["orphaned", "suspended", "rotating", "expiring", "active"];
  let [shortest, longest] = [0, 30 * DAY];
  let filter = {};
  let expected = 0;
  for (let step = 0; step < 12; step += 1) {
    const middle = (shortest + longest) / 2;
    const wish = { status, createdFrom: iso(now - 40 * DAY), createdTo: iso(now - 40 * DAY + middle) };
    const found = await pageOfManagedTokens(viewer, managedTokensQuery.parse({ ...wish, limit: 1 }));
    if (!found.ok) throw new Error(found.refusal.detail);
    if (found.value.totalIsCapped) longest = middle;
    else [shortest, filter, expected] = [middle, wish, found.value.total];
  }
  const wish = { action: "revoke", filter, reason: "policy", expected };
  const begin = performance.now();
  const begun = await execute(db, beginBulk, viewer, wish, now);
  if (!begun.ok) throw new Error(begun.refusal.detail);
  const operations = new Operations(db);
  while (await operations.turn(now));
  const value = ((performance.now() - begin) / expected) * 10;
  return { what: `bulk revoke (${expected} tokens), for each 10,000`, value, bar: 10, unit: " s", better: "less" };
}
