import { actorName } from "#lib/access/actor-name";
import type { Viewer } from "#lib/access/viewer";
import type { AuditEntry } from "#lib/audit/event";
import { ok, type Result } from "#lib/errors/error";
import type { Refused } from "#lib/operations/operation";
import type { Holder } from "#lib/users/user";
import type { InstallationFacts } from "#lib/verification/facts/model";
import { permitsResuming, permitsRevoking, permitsSuspending } from "../acting/actions-on";
import { actedOn, resuming, revoking, suspending, type Write } from "../acting/acts";
import { endingAt } from "../acting/end-at";
import type { Standing } from "../acting/standing";
import type { TokenRow } from "../row";
import type { BulkWish } from "./schema";

/** One of many tokens: how it is, and how whoever acts stands to it. `beside`: what works with it, by id. */
export type OneOfMany = {
  readonly row: TokenRow;
  readonly owner: Holder;
  readonly standing: Standing;
  readonly beside: readonly string[];
};

/** Many tokens that one viewer wants something done to, by today's rules. `rows` holds what works beside them too. */
export type Many = {
  readonly viewer: Viewer;
  readonly rules: InstallationFacts;
  readonly ids: readonly string[];
  readonly found: ReadonlyMap<string, OneOfMany>;
  readonly rows: ReadonlyMap<string, TokenRow>;
};

/** What becomes of many tokens: what is written, told and refused; the others are as they shall be already. */
export type BulkPlan = {
  readonly writes: readonly Write[];
  readonly events: readonly AuditEntry[];
  readonly refused: readonly Refused[];
  /** Ids of those that change; what changes only because it works beside one of them is not in it. */
  readonly changed: readonly string[];
};

const NOT_FOUND = { code: "not_found", detail: "There is no such token, or none that you may see." } as const;

type Subject = OneOfMany & Pick<Many, "viewer" | "rules">;

/** What one wish makes of one token, by the rules and in the words of the command for one. */
function actFor(wish: BulkWish, subject: Subject, others: readonly TokenRow[], now: number): Result<readonly Write[]> {
  const { row, viewer } = subject;
  const by = actorName(viewer);
  const one = (allowed: Result<undefined>, act: () => Write | null): Result<readonly Write[]> => {
    if (!allowed.ok) return allowed;
    const done = act();
    return ok(done === null ? [] : [done]);
  };
  switch (wish.action) {
    case "revoke":
      return one(permitsRevoking(subject), () => revoking(row, others, { by, ...wish }, now));
    case "suspend":
      return one(permitsSuspending(subject, now), () => suspending(subject, others, { by, ...wish }, now));
    case "resume":
      return one(permitsResuming(subject, now), () => resuming(subject, others));
    case "change-expiry":
      return endingAt(subject, others, wish.expiresAt, now);
  }
}

/**
 * Decides about many tokens one after the other, each as if it were alone and as those before it leave it: of a pair,
 * both of which are meant, the second is found as the first has left it.
 * @param now epoch milliseconds
 */
export function planBulk(wish: BulkWish, { viewer, rules, ids, found, rows }: Many, now: number): BulkPlan {
  const latest = new Map(rows);
  const writes: Write[] = [];
  const events: AuditEntry[] = [];
  const refused: Refused[] = [];
  const changed: string[] = [];
  for (const id of ids) {
    const one = found.get(id);
    if (one === undefined) {
      refused.push({ id, ...NOT_FOUND });
      continue;
    }
    const subject = { ...one, row: latest.get(id) ?? one.row, viewer, rules };
    const others = one.beside.flatMap((each) => latest.get(each) ?? []);
    const done = actFor(wish, subject, others, now);
    if (!done.ok) {
      refused.push({ id, code: done.refusal.code, detail: done.refusal.detail });
      continue;
    }
    if (done.value.length > 0) changed.push(id);
    for (const write of done.value) {
      writes.push(write);
      events.push(...write.events);
      for (const each of write.touched) latest.set(each.id, actedOn(each, write));
    }
  }
  return { writes, events, refused, changed };
}

/** What writes the same becomes one: a statement each would move the change head once for every token. */
export function together(writes: readonly Write[]): readonly Pick<Write, "columns" | "touched">[] {
  const groups = new Map<string, { columns: Write["columns"]; touched: Map<string, TokenRow> }>();
  for (const { columns, touched } of writes) {
    const key = JSON.stringify(columns);
    const group = groups.get(key) ?? { columns, touched: new Map() };
    for (const row of touched) group.touched.set(row.id, row);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ columns, touched }) => ({ columns, touched: [...touched.values()] }));
}
