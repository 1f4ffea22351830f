import { createHash } from "node:crypto";
import type { Database, Transaction } from "#lib/db/client";
import type { InstallationFacts } from "#lib/verification/facts/model";
import { type Change, changed, concerned } from "./change";
import { type AffectedToken, countsOf, type Impact, type Judgement, judgeClasses, lifetimesIn } from "./impact";
import { movesOf } from "./people";
import { type ListedRow, namedGroups, readClasses, readPopulations, readTokensOf, type Scope } from "./store-classes";

/** Tokens that a page lists at first. */
const FIRST = 50;

/** A change judged: by what rules, whom it concerns, and which classes of tokens it breaks. */
export type Judging = {
  readonly rules: readonly [before: InstallationFacts, after: InstallationFacts];
  readonly scope: Scope;
  readonly judged: ReadonlyMap<string, Judgement>;
};

/** Judges what a change of the rules does to tokens, class by class. @param now epoch milliseconds */
export async function judgeChange(
  db: Database | Transaction,
  before: InstallationFacts,
  change: Change,
  now: number,
): Promise<Judging> {
  const after = changed(before, change);
  const limits = lifetimesIn(before, after);
  const scope = { concerned: concerned(change), named: namedGroups(before, after), limits, now };
  const keys = before.applications.map(({ key }) => key);
  return { rules: [before, after], scope, judged: judgeClasses(await readClasses(db, scope), [before, after], keys) };
}

const listed = (row: ListedRow, judged: Judging["judged"]): AffectedToken => ({
  id: row.id,
  name: row.name,
  owner: row.username,
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  refusedBy: judged.get(row.class)?.effect.refusedBy ?? [],
  tooLong: judged.get(row.class)?.effect.tooLong ?? false,
  tooFast: judged.get(row.class)?.effect.tooFast ?? false,
});

/** Rules as they are compared: two readings of the same rules are the same text. */
function rulesText({ policies, delegations, networks, settings }: InstallationFacts): string {
  const byName = <T extends { readonly name: string }>(all: Iterable<T>) =>
    [...all].sort((a, b) => (a.name < b.name ? -1 : 1));
  return JSON.stringify([byName(policies), byName(delegations.values()), byName(networks.values()), settings.ceilings]);
}

/** What rules are in force, as one short text. */
export const rulesDigest = (rules: InstallationFacts): string =>
  createHash("sha256").update(rulesText(rules)).digest("hex");

/** Tells what a judged change would do, for people to decide on. */
export async function readImpact(db: Database | Transaction, judging: Judging): Promise<Impact> {
  const { rules, scope, judged } = judging;
  const { needsChoice, ...counts } = countsOf(judged.values());
  const { counted, rows } = await readTokensOf(db, scope, [...judged.keys()], FIRST);
  const moves = movesOf(await readPopulations(db, scope.concerned, scope.named), ...rules);
  const moving = moves.reduce((sum, { people }) => sum + people, 0);
  const seen = JSON.stringify([rulesText(rules[0]), rulesText(rules[1]), moves, counted.digest, counts]);
  return {
    people: { moving, moves },
    tokens: {
      ...counts,
      owners: counted.owners,
      usedLastDay: counted.used,
      neverUsed: counted.never,
      first: rows.map((row) => listed(row, judged)),
    },
    needsChoice,
    fingerprint: createHash("sha256").update(seen).digest("hex"),
  };
}
