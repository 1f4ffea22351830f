import { undecided } from "#lib/verification/decision";
import type { Rates } from "#lib/verification/rates";
import type { Verdict } from "#lib/verification/shared/demand";
import { Noting } from "#lib/verification/shared/noting";
import { DEADLINE_MS, type Judging, judge } from "./judge";
import type { SharedRates } from "./shared-rates";

/** Who is asked what all verifiers have counted. */
export type Together = Pick<SharedRates, "isShared" | "mayAsk" | "ask">;

/** What this process may let through: while the others are asked too, and by itself. The same, but for a worker. */
export type Counted = { readonly whole: Rates; readonly alone: Rates };

/**
 * Judges one question where verifiers share what they count. First by what this process has counted; only what that lets
 * through, and what is limited at all, is asked of the others. Then it is judged anew: by the facts and clocks of that
 * moment, since what was good before the asking may have ended meanwhile. Whatever is thrown there is a refusal: nobody
 * else would catch it.
 */
export function judgeTogether(judging: Omit<Judging, "rates">, { whole, alone }: Counted, shared: Together): void {
  const { facts, arrived, judged } = judging;
  const until = arrived.mono + DEADLINE_MS;
  const own = shared.isShared ? whole : alone;
  const noting = new Noting(own, alone);
  judge({
    ...judging,
    rates: noting,
    judged(decision, client, isNew) {
      const { demand } = noting;
      const settle = (verdict: Verdict | null) => {
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
      };
      if (demand === null) judged(decision, client, isNew);
      else if (shared.mayAsk())
        shared.ask(demand, until - facts.now().mono, (verdict) => {
          try {
            settle(verdict);
          } catch (cause) {
            judged(undecided("undecided", cause), client, isNew);
          }
        });
      // They were lost while the token was looked up: a worker may let through its part alone.
      else if (own !== alone) settle(null);
      else judged(decision, client, isNew);
    },
  });
}
