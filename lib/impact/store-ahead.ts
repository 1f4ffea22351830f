import { z } from "zod";
import { type Ability, can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { defineCommand, nothingToFind, nothingToPrepare, whoeverCame } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { execute } from "#lib/commands/execute";
import type { Database, Transaction } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { readInstallationFacts } from "#lib/verification/facts/portal";
import type { Change } from "./change";
import { type Choice, misdated } from "./choice";
import { countsOf, type Impact } from "./impact";
import { type Judging, judgeChange, readImpact, rulesDigest } from "./store";
import { readIdsOf, readPopulations } from "./store-classes";
import { type Adjusted, type Decision, settle } from "./store-settle";

/** Tokens a statement writes at most, so that nobody holds the change head for long. */
const CHUNK = 500;

export type Considered = { readonly affected?: Choice | undefined; readonly fingerprint?: string | undefined };

/**
 * What was foreseen before the transaction: by what rules and for whom, as short texts; and up to which token everything
 * has been written already. Ids are in the order of time, so what is made meanwhile comes after it.
 */
export type Foreseen = { readonly rules: string; readonly whom: string; readonly beyond: string | null } | null;

/** Ids read at a time, when there are many. */
const PAGE = 10_000;

const tokens = (count: number): string => (count === 1 ? "1 token" : `${count} tokens`);
const people = (count: number): string => (count === 1 ? "1 person" : `${count} people`);

/** An impact in a sentence: *This would break 41 tokens of 29 people.* */
const sentenceOf = ({ tokens: { affected, owners }, people: { moving } }: Impact): string =>
  `${affected === 0 ? "It breaks no token" : `It breaks ${tokens(affected)} of ${people(owners)}`}, and ${people(moving)} would change tier.`;

function judgeConsidered(impact: Impact, { affected, fingerprint }: Considered, now: number): Result<undefined> {
  if (fingerprint !== undefined && fingerprint !== impact.fingerprint) {
    return refuse("stale", `What this does is no longer what was shown. ${sentenceOf(impact)} Look again, then save.`);
  }
  if (impact.needsChoice && affected === undefined) {
    const message = `Say what happens to the tokens that this breaks. ${sentenceOf(impact)}`;
    return refuse("invalid_input", message, [{ path: "affected", message }]);
  }
  if (impact.tokens.affected > 0 && fingerprint === undefined) {
    const message = `Look at the preview first, and send its fingerprint. ${sentenceOf(impact)}`;
    return refuse("invalid_input", message, [{ path: "fingerprint", message }]);
  }
  const wrong = affected === undefined ? null : misdated(affected, now);
  return wrong === null ? ok(undefined) : refuse("invalid_input", wrong.message, [wrong]);
}

/** One chunk, in a transaction and with audit events of its own. Who may is decided by whoever foresees. */
const settleChunk = (judging: Judging, decision: Decision) =>
  defineCommand({
    input: z.array(z.uuid()).max(CHUNK),
    door: VIEWERS,
    stepUp: true,
    administration: "untouched",
    prepare: nothingToPrepare,
    subject: nothingToFind,
    allows: whoeverCame,
    perform: async ({ tx }, _subject, ids) => {
      const settled = await settle(tx, judging, ids, decision);
      if (!settled.ok) return settled;
      const [first, ...more] = settled.value;
      return ok(first === undefined ? { output: {}, repeated: true } : { output: {}, events: [first, ...more] });
    },
    conflicts: {},
  });

/** Writes to all tokens but the last chunk, and says up to which. */
async function writeAhead(
  db: Database,
  judging: Judging,
  decision: Decision,
  affected: number,
): Promise<Result<string | null>> {
  const command = settleChunk(judging, decision);
  const classes = [...judging.judged.keys()];
  let beyond: string | null = null;
  for (let left = affected; left > CHUNK; ) {
    const page: string[] = await readIdsOf(db, judging.scope, classes, beyond, PAGE);
    if (page.length === 0) break;
    for (let at = 0; at < page.length && left > CHUNK; at += CHUNK) {
      const ids = page.slice(at, at + CHUNK);
      const done = await execute(db, command, decision.actor, ids, decision.now);
      if (!done.ok) return done;
      beyond = ids.at(-1) ?? beyond;
      left -= ids.length;
    }
  }
  return ok(beyond);
}

const whomDigest = async (db: Database | Transaction, { scope }: Judging): Promise<string> => {
  const populations = await readPopulations(db, scope.concerned, scope.named);
  return JSON.stringify(populations.map((each) => JSON.stringify(each)).sort());
};

/**
 * Looks at what a change would do before its transaction: refuses one that breaks tokens without saying what happens to
 * them, or other tokens than were shown. Of more than 500 tokens all but the last chunk are written here, each chunk in
 * a transaction of its own: a token has what it was promised before any rule changes, and nobody holds the head for long.
 * @param ability of who may; others are refused by `allows`
 * @param changeOf makes the change out of the input; a refusal of it is one of the command
 * @param why what the log says: *tier Developers was changed*
 */
export async function foresee(
  { db, actor, now }: { readonly db: Database; readonly actor: Viewer; readonly now: number },
  ability: Ability,
  considered: Considered,
  why: string,
  changeOf: (db: Transaction) => Promise<Result<Change>>,
): Promise<Result<Foreseen>> {
  if (!can(actor, ability)) return ok(null);
  const change = await changeOf(db);
  if (!change.ok) return change;
  const rules = await readInstallationFacts(db);
  const judging = await judgeChange(db, rules, change.value, now);
  const impact = await readImpact(db, judging);
  const fits = judgeConsidered(impact, considered, now);
  if (!fits.ok) return fits;
  const whom = await whomDigest(db, judging);
  const choice = considered.affected;
  const decision = choice && { actor, choice, why, now };
  const ahead = decision ? await writeAhead(db, judging, decision, impact.tokens.affected) : ok(null);
  return ahead.ok ? ok({ rules: rulesDigest(rules), whom, beyond: ahead.value }) : ahead;
}

/**
 * In the transaction, before the rules are written: what is still to be done to tokens. The rules must be those that
 * the change was foreseen by.
 * @returns an event for each token; `stale` when the rules are others by now
 */
export async function carryOut(
  { tx, actor, now }: { readonly tx: Transaction; readonly actor: Viewer; readonly now: number },
  foreseen: Foreseen,
  { affected }: Considered,
  why: string,
  change: Change,
): Promise<Result<Adjusted[]>> {
  const rules = await readInstallationFacts(tx);
  const stale = refuse("stale", "Somebody changed the rules meanwhile. Look at the preview again, then save.");
  const judging = await judgeChange(tx, rules, change, now);
  if (judging.judged.size === 0) return ok([]);
  if (foreseen === null || foreseen.rules !== rulesDigest(rules)) return stale;
  if (affected === undefined) return countsOf(judging.judged.values()).needsChoice ? stale : ok([]);
  // Somebody who joined a group meanwhile may have tokens that were passed by.
  if (foreseen.beyond !== null && foreseen.whom !== (await whomDigest(tx, judging))) return stale;
  const events: Adjusted[] = [];
  for (let beyond = foreseen.beyond; ; ) {
    const ids: string[] = await readIdsOf(tx, judging.scope, [...judging.judged.keys()], beyond, CHUNK);
    const settled = await settle(tx, judging, ids, { actor, choice: affected, why, now });
    if (!settled.ok) return settled;
    events.push(...settled.value);
    if (ids.length < CHUNK) return ok(events);
    beyond = ids.at(-1) ?? null;
  }
}
