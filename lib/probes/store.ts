import type { Database, Transaction } from "#lib/db/client";
import { isId } from "#lib/fields";
import { LONGEST_RUN_MS, type ProbeResult, type ProbeRunView } from "./probe";
import type { ToldRefusal, Trace } from "./reply";

type Row = {
  readonly url: string;
  readonly begunAt: Date;
  readonly begunBy: string;
  readonly endedAt: Date | null;
  readonly results: unknown;
};

/** The last run of an application; the caller holds its row where another must not begin meanwhile. */
export async function readRun(db: Database | Transaction, applicationId: string): Promise<ProbeRunView | null> {
  const row = await db.probeRun.findUnique({ where: { applicationId } });
  return row === null ? null : runView(row);
}

/** How many runs go on besides one application's, and may yet end by themselves. @param now epoch milliseconds */
export function countRunning(tx: Transaction, applicationId: string, now: number): Promise<number> {
  const since = new Date(now - LONGEST_RUN_MS);
  return tx.probeRun.count({ where: { applicationId: { not: applicationId }, endedAt: null, begunAt: { gt: since } } });
}

function runView({ url, begunAt, begunBy, endedAt, results }: Row): ProbeRunView {
  return {
    ...{ url, by: begunBy, begunAt: begunAt.toISOString(), endedAt: endedAt?.toISOString() ?? null },
    // The column holds what the command's schema has read: the compiler cannot know.
    results: results as ProbeResult[],
  };
}

/** Notes that a run begins; what the last one found is gone. @param now epoch milliseconds */
export async function beginRun(
  tx: Transaction,
  applicationId: string,
  { url, by }: { readonly url: string; readonly by: string },
  now: number,
): Promise<void> {
  const fresh = { url, begunAt: new Date(now), begunBy: by, endedAt: null, results: [] };
  await tx.probeRun.upsert({
    where: { applicationId },
    create: { applicationId, ...fresh },
    update: fresh,
    select: { applicationId: true },
  });
}

/**
 * Notes what became of a run. @param begun when it began (epoch milliseconds)
 * @returns whether it is still the last one, and not over
 */
export async function endRun(
  tx: Transaction,
  applicationId: string,
  begun: number,
  results: readonly ProbeResult[],
  now: number,
): Promise<boolean> {
  const { count } = await tx.probeRun.updateMany({
    where: { applicationId, begunAt: new Date(begun), endedAt: null },
    data: { endedAt: new Date(now), results: results.map((each) => ({ ...each })) },
  });
  return count === 1;
}

const TOLD = { reason: true, method: true, applicationKey: true, address: true } as const;

type ToldRow = { readonly [Key in keyof typeof TOLD]: string | null } & { readonly reason: string };

const toldOf = ({ reason, method, applicationKey, address }: ToldRow): ToldRefusal => ({
  ...{ reason, method, address, application: applicationKey },
});

/**
 * What a verifier told of the refusal whose id came back with an answer, of a request without a token or before it was
 * looked at. The id is what a stranger sent: only what may be about this application counts.
 */
export async function readToldRefusal(
  db: Database,
  requestId: string | null,
  applicationKey: string,
): Promise<ToldRefusal | null> {
  if (requestId === null || !isId(requestId)) return null;
  const about = { OR: [{ applicationKey: null }, { applicationKey }] };
  const row = await db.refusal.findFirst({ where: { requestId, tokenId: null, ...about }, select: TOLD });
  return row && toldOf(row);
}

/** What verifiers told of a token so far: its uses, and the last refusal of a request by this method. */
export async function readTrace(db: Database, tokenId: string, method: string): Promise<Trace> {
  const usage = await db.tokenUsage.findUnique({
    where: { tokenId },
    select: { allowed: true, lastUsedIp: true },
  });
  const refusal = await db.refusal.findFirst({ where: { tokenId, method }, orderBy: { at: "desc" }, select: TOLD });
  return {
    allowed: Number(usage?.allowed ?? 0),
    address: usage?.lastUsedIp ?? null,
    refusal: refusal && toldOf(refusal),
  };
}

/** Keys of the gateways that ask about an application, and of those among them that were never heard of. */
export async function readGateways(
  db: Database | Transaction,
  applicationId: string,
): Promise<{ readonly all: readonly string[]; readonly silent: readonly string[] }> {
  const rows = await db.gateway.findMany({
    where: { applications: { some: { applicationId } } },
    select: { key: true },
    orderBy: { key: "asc" },
  });
  const all = rows.map(({ key }) => key);
  const heard = await db.gatewayContact.findMany({ where: { gatewayKey: { in: all } }, select: { gatewayKey: true } });
  return { all, silent: all.filter((key) => !heard.some(({ gatewayKey }) => gatewayKey === key)) };
}
