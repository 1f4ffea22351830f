import type { Case } from "./case";
import { type Check, type Finding, finding } from "./check";
import { AFTER_LOOK_UP, BEFORE_LOOK_UP } from "./checks";
import { quarantineCheck } from "./checks/quarantine";
import { rateCheck } from "./checks/rate";
import { nameIn } from "./identity";
import { first, type Usable, usableOf } from "./walk";

/** What of the one list is judged of a token that is asked about alone, each check as it says itself. */
const heard = (checks: readonly Check[]): readonly Check[] =>
  checks.flatMap((check) =>
    check.alone === "nothing" ? [] : [check.alone === "as ever" ? check : { ...check, judge: check.alone }],
  );

const BEFORE = heard(BEFORE_LOOK_UP);
/** For each application by itself; what is consumed is consumed once, at the end. */
const AFTER = heard(AFTER_LOOK_UP).filter((check) => check !== rateCheck);

/** Steps 1–8 as far as they are about the caller and the token itself. @returns why it ends here, or the credential */
export function walkAlone(c: Case): Finding | Usable {
  return quarantineCheck.judge(c) ?? first(BEFORE, c) ?? usableOf(c.credential);
}

/** Of which of the caller's applications a token passed the list; or why of none. */
export type HeardOf = { readonly found: Finding; readonly of: Case } | { readonly open: readonly [Case, ...Case[]] };

/**
 * Steps 9–19 on the token that was found, for each of the caller's applications by itself: a token is good for the caller
 * where it is good for one. Under two names for the same person nobody could say whom an answer means: then it is for none.
 */
export function walkTokenAlone(c: Case): HeardOf {
  const judged = c.candidates.map((known) => {
    const own = c.of(known);
    return { own, found: first(AFTER, own) };
  });
  const [one, ...others] = judged.flatMap(({ own, found }) => (found === null ? [own] : []));
  if (one === undefined) return { found: judged[0]?.found ?? finding("application_refused"), of: judged[0]?.own ?? c };
  const name = nameOf(one);
  if (others.some((other) => nameOf(other) !== name))
    return { found: finding("identity_unrepresentable", { kind: "names_differ" }), of: c };
  const found = rateCheck.judge(one);
  return found === null ? { open: [one, ...others] } : { found, of: one };
}

const nameOf = ({ known, facts }: Case): string => nameIn(known.application, facts.owner);

/** For what a token asked about alone is good, beside whom it is for. Times are epoch milliseconds. */
export type Alone = {
  /** Keys of the caller's applications that it may be used for. */
  readonly audience: readonly string[];
  readonly issuedAt: number;
  /** When it was judged, and when it will no longer be good by itself; null where that is not known. */
  readonly judgedAt: number;
  readonly until: number | null;
};

/** What is told of a token that has passed. */
export function aloneOf(open: readonly [Case, ...Case[]]): Alone {
  const [{ facts, now }] = open;
  const { createdAt, expiresAt, supersededAt, overlapEndsAt, waiver } = facts.token;
  const waived = open.some(({ ways }) => ways.every(({ by }) => by === "waiver"));
  const ends = [expiresAt, supersededAt === null ? null : overlapEndsAt, waived ? (waiver?.until ?? null) : null];
  const known = ends.filter((each) => each !== null);
  return {
    audience: open.map(({ known: { application } }) => application.key),
    issuedAt: createdAt,
    judgedAt: now,
    until: known.length === 0 ? null : Math.min(...known),
  };
}
