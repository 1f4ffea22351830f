import { z } from "zod";
import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { id } from "#lib/fields";
import { REFUSAL_DAYS } from "#lib/jobs/periods";
import { needsDestination } from "./destination";
import { headerAdvice } from "./header-advice";
import { UNKEPT, type Unkept } from "./kept";
import { type Explained, type ExplainInput, explainInput, explainRequest } from "./queries";
import { reasonWords } from "./reasons";
import { readKinds } from "./rule";

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
    /** Canonical; kept of requests with a token. */
    readonly host: string | null;
    readonly address: string | null;
    readonly client: string;
    readonly gateway: string | null;
    readonly application: string | null;
    readonly tokenId: string | null;
    readonly claimedName: string | null;
  };
  /** Null where it cannot be judged again. */
  readonly now: Explained | null;
  /** Why it cannot be judged again, and what to do; null where it can. */
  readonly unjudged: string | null;
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

type Again = Pick<PastExplained, "now" | "unjudged">;

const unjudged = (why: string): Again => ({
  now: null,
  unjudged: `${why} Describe the request to have it judged.`,
});

const WORDS: Readonly<Record<Unkept, string>> = {
  query: "its query",
  headers: "a header of it",
  username: "the username beside its token",
  path: "how its path was written",
};

/** Why a verdict is none, where what is not kept could make it another one; null where it stands. */
function doubtIn(verdict: Explained, unkept: readonly string[]): string | null {
  // What asks for more than the request line, or another name, can only be refused; a header may be just what is asked for.
  if (verdict.reason === "header_refused")
    return "It cannot be judged again: the token asks for a header, and headers are not kept.";
  const said = UNKEPT.filter((each) => unkept.includes(each)).map((each) => WORDS[each]);
  if (!verdict.allowed || said.length === 0) return null;
  const what = said.join(" and ");
  return `It cannot be judged again: ${what} decided or may decide, and is not kept.`;
}

/** A Destination is not kept: the path itself stands in for it, which nothing refuses that lets the request on this path. */
const standInFor = (method: string, host: string, path: string): Record<string, string> =>
  needsDestination(method) ? { destination: `http://${host}${path.replaceAll(",", "%2C")}` } : {};

/** The same request with the facts of now, as far as it is kept. */
async function judgedNow(viewer: Viewer, row: Row): Promise<Again> {
  const { tokenId, method, path, address, gatewayKey, host, place, unkept } = row;
  if (tokenId === null) return unjudged("It cannot be judged again: the credential that came with it is not kept.");
  if (method === null || path === null) return unjudged("It cannot be judged again: its token was asked about alone.");
  if (host === null || place === null || unkept === null)
    return unjudged("It cannot be judged again: an older version refused it, which kept less.");
  const headers = standInFor(method, host, path);
  const described = { method, uri: path, host, proto: "https", clientIp: address, headers, tokenId };
  const asked = explainInput.safeParse(gatewayKey === null ? described : { ...described, gateway: gatewayKey });
  const done = asked.success ? await explainRequest(viewer, asked.data, place) : null;
  if (!done?.ok) return unjudged("It cannot be judged again: its token is gone, or what is kept is no whole request.");
  // An older version kept no word of it.
  const doubt = doubtIn(done.value, needsDestination(method) ? [...unkept.split(" "), "headers"] : unkept.split(" "));
  return doubt === null ? { now: done.value, unjudged: null } : unjudged(doubt);
}

/** What else would have helped: a gateway may not tell of a header that its client sends. */
async function moreHelp({ reason, rule, ruleKinds, gatewayKey }: Row): Promise<string> {
  if (reason !== "header_refused" || rule === null || ruleKinds !== null || gatewayKey === null) return "";
  const gateway = await database().gateway.findUnique({ where: { key: gatewayKey }, select: { adapter: true } });
  const advice = gateway === null ? null : headerAdvice(rule, gateway.adapter);
  return advice === null ? "" : ` ${advice}`;
}

/**
 * Tells a refused request as it was judged then, beside what the list says now.
 * @returns `not_found` for what was not kept, is older than 30 days, or is not for this viewer
 */
export async function explainPast(viewer: Viewer, { requestId }: PastInput): Promise<Result<PastExplained>> {
  const row = await readRefusal(viewer, requestId);
  if (row === null) return NOT_KEPT;
  const { meaning, remedy: first } = reasonWords(row.reason, readKinds(row.ruleKinds));
  const remedy = first + (await moreHelp(row));
  const { reason, rule, method, path, host, address, client, tokenId, claimedName } = row;
  return ok({
    judged: {
      ...{ at: row.at.toISOString(), reason, detail: meaning, remedy, rule, method, path, host, address, client },
      ...{ gateway: row.gatewayKey, application: row.applicationKey, tokenId, claimedName },
    },
    ...(await judgedNow(viewer, row)),
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
