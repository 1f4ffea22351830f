import { z } from "zod";
import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { id } from "#lib/fields";
import { REFUSAL_DAYS } from "#lib/jobs/periods";
import { type Explained, type ExplainInput, explainInput, explainRequest } from "./queries";
import { reasonWords } from "./reasons";

export const KEPT_MS = REFUSAL_DAYS * 24 * 3_600_000;

/** A refused request by the id that its answer carried. */
export const pastInput = z.strictObject({ requestId: id });
export type PastInput = z.output<typeof pastInput>;

/** A request that was refused: as it was judged then, and as it would be judged now. */
export type PastExplained = {
  readonly judged: {
    readonly at: string;
    readonly reason: string;
    readonly detail: string;
    readonly remedy: string;
    readonly rule: string | null;
    readonly method: string | null;
    /** Canonical, without query. */
    readonly path: string | null;
    readonly address: string | null;
    readonly client: string;
    readonly gateway: string | null;
    readonly application: string | null;
    readonly tokenId: string | null;
    readonly claimedName: string | null;
  };
  /** Null where it cannot be judged again: what came with it is not kept. */
  readonly now: Explained | null;
};

const NOT_KEPT = refuse(
  "not_found",
  `There is no refused request of this id that you may see. Refusals are kept for ${REFUSAL_DAYS} days; of a flood from one address only the first.`,
);

async function readRefusal(viewer: Viewer, requestId: string) {
  const row = await database().refusal.findUnique({ where: { requestId } });
  if (row === null || row.at.getTime() < now() - KEPT_MS) return null;
  if (can(viewer, "explain.any")) return row;
  if (row.tokenId === null || !("userId" in viewer)) return null;
  const own = await database().token.count({ where: { id: row.tokenId, ownerId: viewer.userId } });
  return own === 1 ? row : null;
}

type Row = NonNullable<Awaited<ReturnType<typeof readRefusal>>>;

/** The same request with the facts of now; its host is one of the application's, its query is not kept. */
async function judgedNow(viewer: Viewer, row: Row): Promise<Explained | null> {
  const { tokenId, method, path, address, applicationKey, gatewayKey } = row;
  if (tokenId === null || method === null || path === null || address === null || applicationKey === null) return null;
  const route = await database().applicationRoute.findFirst({
    where: { application: { key: applicationKey } },
    orderBy: [{ host: "asc" }, { context: "asc" }],
  });
  if (route === null) return null;
  const described = { method, uri: path, host: route.host, proto: "https", clientIp: address, headers: {}, tokenId };
  const asked = explainInput.safeParse(gatewayKey === null ? described : { ...described, gateway: gatewayKey });
  const done = asked.success ? await explainRequest(viewer, asked.data) : null;
  return done?.ok ? done.value : null;
}

/**
 * Tells a refused request as it was judged then, beside what the list says now.
 * @returns `not_found` for what was not kept, is older than 30 days, or is not for this viewer
 */
export async function explainPast(viewer: Viewer, { requestId }: PastInput): Promise<Result<PastExplained>> {
  const row = await readRefusal(viewer, requestId);
  if (row === null) return NOT_KEPT;
  const { meaning, remedy } = reasonWords(row.reason, row.rule);
  const { reason, rule, method, path, address, client, tokenId, claimedName } = row;
  return ok({
    judged: {
      ...{ at: row.at.toISOString(), reason, detail: meaning, remedy, rule, method, path, address, client },
      ...{ gateway: row.gatewayKey, application: row.applicationKey, tokenId, claimedName },
    },
    now: await judgedNow(viewer, row),
  });
}

/** The same by an id as somebody typed it into an address. */
export async function pastById(viewer: Viewer, requestId: string): Promise<Result<PastExplained>> {
  const asked = pastInput.safeParse({ requestId: requestId.trim() });
  return asked.success ? explainPast(viewer, asked.data) : NOT_KEPT;
}

/** What can be explained: a described request, or a refused one by its id. */
export const explainQuestion = z.unknown().transform((body, context): ExplainInput | PastInput => {
  const isPast = typeof body === "object" && body !== null && "requestId" in body;
  const parsed = (isPast ? pastInput : explainInput).safeParse(body);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) context.addIssue({ code: "custom", path: [...path], message });
  return z.NEVER;
});

/** Explains what was asked about. */
export const explainEither = (
  viewer: Viewer,
  asked: ExplainInput | PastInput,
): Promise<Result<Explained | PastExplained>> =>
  "requestId" in asked ? explainPast(viewer, asked) : explainRequest(viewer, asked);
