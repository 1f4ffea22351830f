import { undecided } from "#lib/verification/decision";
import type { Rates } from "#lib/verification/rates";
import { Noting } from "#lib/verification/shared/noting";
import { DEADLINE_MS, type Judging, judge } from "./judge";
import type { SharedRates } from "./shared-rates";

/** Who is asked what all verifiers have counted. */
export type Together = Pick<SharedRates, "mayAsk" | "ask">;

/**
 * Judges one question where verifiers share what they count. First by what this process has counted; only what that lets
 * through, and what is limited at all, is asked of the others. Then it is judged anew: by the facts and clocks of that
 * moment, since what was good before the asking may have ended meanwhile.
 */
export function judgeTogether(judging: Omit<Judging, "rates">, rates: Rates, shared: Together): void {
  const { facts, arrived, judged } = judging;
  const until = arrived.mono + DEADLINE_MS;
  const noting = new Noting(rates);
  judge({
    ...judging,
    rates: noting,
    judged(decision, client, isNew) {
      const { demand } = noting;
      if (demand === null || !shared.mayAsk()) {
        judged(decision, client, isNew);
        return;
      }
      shared.ask(demand, until - facts.now().mono, (verdict) => {
        const now = facts.now();
        judge({
          ...judging,
          ...{ rates: noting.settled(verdict, now.wall), arrived: now, until },
          judged(settled, _client, isNewNow) {
            const isLate = settled.allowed && facts.now().mono > until;
            const inTime = isLate ? undecided("deadline_exceeded", undefined, settled.subject) : settled;
            judged(inTime, client, isNew || isNewNow);
          },
        });
      });
    },
  });
}
