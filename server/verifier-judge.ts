import type { Adapter, Call } from "#lib/verification/adapters/adapter";
import { begin, conclude, type Pending } from "#lib/verification/decide";
import { type Decision, undecided } from "#lib/verification/decision";
import type { Facts } from "#lib/verification/facts";
import type { Outcome } from "#lib/verification/facts-waiting";
import { valuesOf } from "#lib/verification/request";

/** What one verification came to: to be answered and recorded. */
export type Judged = {
  readonly decision: Decision;
  /** User-Agent of the original request, as far as it was understood. */
  readonly client: string;
  /** The token had to be looked up. */
  readonly isNew: boolean;
};

/** Everything takes at most this long, whatever the database does: Envoy gives up after 200. */
export const DEADLINE_MS = 150;

type Judging = {
  readonly facts: Facts;
  readonly adapter: Adapter;
  readonly gatewayKey: string;
  readonly call: Call;
  /** Monotonic milliseconds at which the request was whole. */
  readonly arrivedAt: number;
  readonly done: (judged: Judged) => void;
};

/**
 * Judges one call. `done` is called once: at once where all facts are in memory, otherwise in the very moment in which
 * the missing ones are good. Never throws.
 */
export function judge(judging: Judging): void {
  const { facts, adapter, gatewayKey, call, done } = judging;
  const { undecidable, installation } = facts;
  if (undecidable !== null || installation === null) {
    done({ decision: undecided(undecidable ?? "facts_unavailable"), client: "", isNew: false });
    return;
  }
  const question = adapter.question(call, gatewayKey);
  const client =
    typeof question.reading === "string" ? "" : (valuesOf(question.reading.headers, "user-agent")[0] ?? "");
  const opening = begin(installation, question, Date.now());
  if (opening.settled) {
    done({ decision: inTime(judging, opening.decision), client, isNew: false });
    return;
  }
  const looked = facts.find(opening.digest);
  if (looked !== undefined) {
    done({ decision: inTime(judging, decide(facts, opening, looked)), client, isNew: false });
    return;
  }
  const leftMs = DEADLINE_MS - (performance.now() - judging.arrivedAt);
  facts.lookUp(opening.digest, Math.max(0, leftMs), (outcome) => {
    done({ decision: inTime(judging, decide(facts, opening, outcome)), client, isNew: true });
  });
}

/** Asked in the moment of the answer: what was good when the request came may have changed since. */
function decide(facts: Facts, opening: Pending, outcome: Outcome): Decision {
  const { undecidable, installation } = facts;
  if (undecidable !== null || installation === null) return undecided(undecidable ?? "facts_unavailable");
  if (outcome === "late") return undecided("deadline_exceeded");
  if (outcome === "unavailable" || outcome === "unreadable") return undecided("facts_unavailable");
  return conclude(opening, installation, outcome === "unknown" ? null : outcome, Date.now());
}

/** Late is refused: nobody may still be waiting for an allow. */
function inTime({ arrivedAt }: Judging, decision: Decision): Decision {
  if (!decision.allowed || performance.now() - arrivedAt <= DEADLINE_MS) return decision;
  return undecided("deadline_exceeded", undefined, decision.subject);
}
