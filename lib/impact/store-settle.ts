import { actorName } from "#lib/access/actor-name";
import type { Viewer } from "#lib/access/viewer";
import type { AuditEntry } from "#lib/audit/event";
import type { Transaction } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { rateIn } from "#lib/tokens/restrictions/restrictions-schema";
import { applicationsOf, holderOf, restrictionsOfRow, type TokenRow } from "#lib/tokens/row";
import { TOKEN_COLUMNS } from "#lib/tokens/store";
import type { Choice } from "./choice";
import { effectOf } from "./effect";
import { type Remedy, remedyOf, type Treated } from "./remedy";
import type { Judging } from "./store";

const DAY_MS = 86_400_000;

/** Whoever decides, and why it is said to have happened: *tier Developers was changed*. */
export type Decision = { readonly actor: Viewer; readonly choice: Choice; readonly why: string; readonly now: number };

/** That a token was written to, for the log. */
export type Adjusted = AuditEntry<"token.adjusted">;

function treatedOf(row: TokenRow): Treated {
  const { waiverUntil, waiverAccess, delegationId } = row;
  const bornAt = (row.secretBornAt ?? row.createdAt).getTime();
  const expiresAt = row.expiresAt?.getTime() ?? null;
  const kept = { allApplications: row.waiverAllApplications, applications: row.waiverApplications };
  return {
    id: row.id,
    name: row.name,
    grant: delegationId === null ? { by: "tier" } : { by: "delegation", delegationId },
    waiver:
      waiverUntil === null || waiverAccess === null
        ? null
        : {
            until: waiverUntil.getTime(),
            keeps: { access: waiverAccess, applications: applicationsOf(kept), ipRanges: row.waiverIpRanges },
          },
    applications: applicationsOf(row),
    access: row.access,
    ipRanges: row.ipRanges,
    bornAt,
    expiresAt,
    days: expiresAt === null ? null : Math.ceil((expiresAt - bornAt) / DAY_MS),
    rateLimit: rateIn(row.rateLimit),
  };
}

const iso = (at: number | null | undefined): string | null =>
  at === null || at === undefined ? null : new Date(at).toISOString();

/** What a change of rules may write to a token, as the log shows it before and after. */
const shown = ({ waiver, expiresAt, access, applications, ipRanges, rateLimit }: Treated) => ({
  waiverUntil: iso(waiver?.until),
  expiresAt: iso(expiresAt),
  ...{ access, applications, ipRanges, rateLimit },
});

const columnsOf = (id: string, { waiver, expiresAt, access, applications, ipRanges, rateLimit }: Remedy) => ({
  id,
  waiver_until: iso(waiver?.until),
  waiver_access: waiver?.keeps.access ?? null,
  waiver_all: waiver === undefined ? null : waiver.keeps.applications === "all",
  waiver_applications: waiver === undefined || waiver.keeps.applications === "all" ? [] : waiver.keeps.applications,
  waiver_ranges: waiver?.keeps.ipRanges ?? [],
  expires_at: iso(expiresAt),
  access: access ?? null,
  all_applications: applications === undefined ? null : applications === "all",
  applications: applications === undefined || applications === "all" ? [] : applications,
  ip_ranges: ipRanges ?? null,
  rate_limit: rateLimit ?? null,
});

/** A token whose restrictions cannot be read is refused: with a rate that can be read it would work again. */
function lastingFor(row: TokenRow, { rateLimit, ...rest }: Remedy): Remedy {
  return rateLimit === undefined || !restrictionsOfRow(row).ok ? rest : { ...rest, rateLimit };
}

/** Writes remedies in one statement, so that the change head moves once for all of them. */
async function write(tx: Transaction, rows: readonly ReturnType<typeof columnsOf>[], by: string, why: string) {
  await tx.$executeRaw`
    UPDATE tokens AS t SET version = t.version + 1,
      waiver_until = coalesce(r.waiver_until, t.waiver_until),
      waiver_by = CASE WHEN r.waiver_until IS NULL THEN t.waiver_by ELSE ${by} END,
      waiver_why = CASE WHEN r.waiver_until IS NULL THEN t.waiver_why ELSE ${why} END,
      waiver_access = coalesce(r.waiver_access::access, t.waiver_access),
      waiver_all_applications = coalesce(r.waiver_all, t.waiver_all_applications),
      waiver_applications = CASE WHEN r.waiver_until IS NULL THEN t.waiver_applications ELSE r.waiver_applications END,
      waiver_ip_ranges = CASE WHEN r.waiver_until IS NULL THEN t.waiver_ip_ranges ELSE r.waiver_ranges END,
      expires_at = coalesce(r.expires_at, t.expires_at),
      overlap_ends_at = CASE WHEN r.expires_at < t.overlap_ends_at THEN greatest(r.expires_at, t.superseded_at) ELSE t.overlap_ends_at END,
      access = coalesce(r.access::access, t.access),
      all_applications = coalesce(r.all_applications, t.all_applications),
      applications = CASE WHEN r.all_applications IS NULL THEN t.applications ELSE r.applications END,
      ip_ranges = coalesce(r.ip_ranges, t.ip_ranges),
      rate_limit = coalesce(r.rate_limit, t.rate_limit)
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id uuid, waiver_until timestamptz, waiver_access text,
      waiver_all boolean, waiver_applications text[], waiver_ranges text[], expires_at timestamptz, access text,
      all_applications boolean, applications text[], ip_ranges text[], rate_limit jsonb)
    WHERE t.id = r.id`;
}

/**
 * Does to some tokens what was chosen, judged anew by what they are now, locked in one order.
 * @param ids at most 500
 * @returns an event for each token that was written; `invalid_input` where no waiver can keep what one has
 */
export async function settle(
  tx: Transaction,
  { rules }: Judging,
  ids: readonly string[],
  { actor, choice, why, now }: Decision,
): Promise<Result<Adjusted[]>> {
  if (ids.length === 0) return ok([]);
  await tx.$queryRaw`SELECT id FROM tokens WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR UPDATE`;
  const rows = await tx.token.findMany({ where: { id: { in: [...ids] } }, select: TOKEN_COLUMNS });
  const keys = rules[0].applications.map(({ key }) => key);
  const writes: ReturnType<typeof columnsOf>[] = [];
  const events: Adjusted[] = [];
  for (const row of rows) {
    const [token, owner] = [treatedOf(row), holderOf(row.owner)];
    const effect = effectOf(token, owner, rules, keys);
    const chosen = remedyOf(token, choice, { owner, rules, effect, now });
    if (chosen === null) {
      const message = `${owner.username}'s token ${row.name} holds a waiver that cannot be joined with what it may today. End or extend that waiver first, or choose to reduce.`;
      return refuse("invalid_input", message, [{ path: "affected", message }]);
    }
    const remedy = lastingFor(row, chosen);
    if (Object.keys(remedy).length === 0) continue;
    writes.push(columnsOf(row.id, remedy));
    const detail = { before: shown(token), after: { ...shown({ ...token, ...remedy }), because: why } };
    events.push({ action: "token.adjusted", subject: { id: row.id, name: row.name }, detail });
  }
  if (writes.length > 0) await write(tx, writes, actorName(actor), why);
  return ok(events);
}
