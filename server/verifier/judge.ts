import { begin, conclude, type Decision, type Pending } from "#lib/verification/decide";
import { undecided } from "#lib/verification/decision";
import type { Instant } from "#lib/verification/facts/confirmation";
import type { Facts } from "#lib/verification/facts/facts";
import type { Outcome } from "#lib/verification/facts/waiting";
import type { CalledQuestion } from "#lib/verification/question";
import type { Counting } from "#lib/verification/rates";
import { valuesOf } from "#lib/verification/request";

/** Everything takes at most this long, whatever the database does: Envoy gives up after 200. */
export const DEADLINE_MS = 150;

/**
 * What one verification came to.
 * @param client User-Agent of the original request, as far as it was understood
 * @param isNew the token had to be looked up
 */
export type Judged = (decision: Decision, client: string, isNew: boolean) => void;

/** One question, from its arrival to its decision. */
export type Judging = {
  readonly facts: Facts;
  readonly rates: Counting;
  readonly question: CalledQuestion;
  /** When the request was whole, or began to be judged anew. */
  readonly arrived: Instant;
  /** When it must be decided, on the monotonic clock; left out: `DEADLINE_MS` after it arrived. */
  readonly until?: number;
  readonly judged: Judged;
};

/**
 * Judges one question. `judged` is called once: at once where all facts are in memory, otherwise in the very moment in
 * which the missing ones are good.
 */
export function judge({ facts, rates, question, arrived, until, judged }: Judging): void {
  const { installation } = facts;
  const undecidable = facts.undecidableAt(arrived);
  if (undecidable !== null || installation === null) {
    judged(undecided(undecidable ?? "facts_unavailable"), "", false);
    return;
  }
  const { reading } = question;
  const client = typeof reading === "string" ? "" : (valuesOf(reading.headers, "user-agent")[0] ?? "");
  const opening = begin(installation, question, arrived.wall, rates);
  if (opening.settled) {
    judged(opening.decision, client, false);
    return;
  }
  const looked = facts.find(opening.digest, arrived.mono);
  if (looked !== undefined) {
    judged(decide(facts, rates, opening, looked, arrived), client, false);
    return;
  }
  const limit = until ?? arrived.mono + DEADLINE_MS;
  const withinMs = Math.max(0, limit - performance.now());
  facts.lookUp(opening.digest, withinMs, (outcome) => {
    // What was good when the request came may have changed since: judged by the facts and clocks of this moment.
    const now = facts.now();
    const decision = decide(facts, rates, opening, outcome, now);
    const isLate = decision.allowed && now.mono > limit;
    judged(isLate ? undecided("deadline_exceeded", undefined, decision.subject) : decision, client, true);
  });
}

function decide(facts: Facts, rates: Counting, opening: Pending, outcome: Outcome, now: Instant): Decision {
  const { installation } = facts;
  const undecidable = facts.undecidableAt(now);
  if (undecidable !== null || installation === null) return undecided(undecidable ?? "facts_unavailable");
  if (outcome === "late") return undecided("deadline_exceeded");
  if (outcome === "unavailable" || outcome === "unreadable") return undecided("facts_unavailable");
  return conclude(opening, installation, outcome === "unknown" ? null : outcome, now.wall, rates);
}
