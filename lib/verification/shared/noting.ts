import type { Address } from "#lib/networks/address";
import type { RateLimit } from "#lib/tokens/restrictions/restrictions";
import type { Quota } from "../decision";
import { failingName } from "../failures";
import { type Bucket, type Counting, failedOf, type Rates, type Taken, takenOf } from "../rates";
import type { Demand, Verdict, Wanted } from "./demand";

type Held = Wanted & { readonly bucket: Bucket; readonly taken: Taken };
type Borne = { readonly name: string; readonly limit: RateLimit };

/**
 * Counts one verification in this process and notes what was let through there: only that is asked of the others. What
 * this process alone would refuse is refused, so that nothing shared ever lets through more than each verifier alone.
 */
export class Noting implements Counting {
  readonly #own: Rates;
  readonly #alone: Rates;
  #held: readonly Held[] = [];
  #borne: Borne | null = null;

  /** @param alone what holds where nobody answers: of a worker its part, of the same memory */
  constructor(own: Rates, alone = own) {
    this.#own = own;
    this.#alone = alone;
  }

  take(bucket: Bucket, id: string, limit: RateLimit, now: number): Taken {
    const taken = this.#own.take(bucket, id, limit, now);
    if (taken.taken) this.#held = [...this.#held, { bucket, id, limit, taken }];
    return taken;
  }

  giveBack(bucket: Bucket, id: string, limit: RateLimit): void {
    this.#own.giveBack(bucket, id, limit);
    this.#held = this.#held.filter((each) => each.bucket !== bucket || each.id !== id);
  }

  fail(address: Address, limit: RateLimit, now: number): Quota | null {
    const quota = this.#own.fail(address, limit, now);
    if (quota === null) this.#borne = { name: failingName(address), limit };
    return quota;
  }

  /** What is to be asked of all verifiers together; null where the verification does not depend on it. */
  get demand(): Demand | null {
    if (this.#borne !== null) return { kind: "failure", ...this.#borne };
    const [one] = this.#held;
    return one === undefined ? null : { kind: "requests", bucket: one.bucket, wanted: this.#held };
  }

  /**
   * Counts the same verification once more, now by what all came to.
   * @param verdict on the demand; null where nobody answered, and what this process may let through alone holds
   * @param now epoch milliseconds
   */
  settled(verdict: Verdict | null, now: number): Counting {
    const own = this.#own;
    if (this.#borne !== null) {
      const { name, limit } = this.#borne;
      if (verdict?.kind !== "failure" || verdict.waitMs === 0) return new Settled(own, [], null);
      return new Settled(own, [], failedOf(limit, own.heed(name, verdict, now)));
    }
    const putBack = () => {
      for (const { bucket, id, limit } of this.#held) own.giveBack(bucket, id, limit);
    };
    if (verdict?.kind !== "requests") {
      if (own === this.#alone) return new Settled(own, this.#held);
      putBack();
      return new Settled(this.#alone, []);
    }
    if (verdict.leftMs.some((left) => left < 0)) putBack();
    const held = this.#held.map((each, at) => ({ ...each, taken: takenOf(each.limit, verdict.leftMs[at] ?? -1) }));
    return new Settled(own, held);
  }
}

/** What was counted already is not counted again; what nobody was asked about (a limit has changed) is counted here. */
class Settled implements Counting {
  readonly #own: Rates;
  readonly #held: readonly Held[];
  readonly #failed: Quota | null | undefined;

  /** @param failed what the address is told; undefined where no failure was counted yet */
  constructor(own: Rates, held: readonly Held[], failed?: Quota | null) {
    this.#own = own;
    this.#held = held;
    this.#failed = failed;
  }

  take(bucket: Bucket, id: string, limit: RateLimit, now: number): Taken {
    return this.#of(bucket, id)?.taken ?? this.#own.take(bucket, id, limit, now);
  }

  giveBack(bucket: Bucket, id: string, limit: RateLimit): void {
    if (this.#of(bucket, id) === undefined) this.#own.giveBack(bucket, id, limit);
  }

  fail(address: Address, limit: RateLimit, now: number): Quota | null {
    return this.#failed === undefined ? this.#own.fail(address, limit, now) : this.#failed;
  }

  #of(bucket: Bucket, id: string): Held | undefined {
    return this.#held.find((each) => each.bucket === bucket && each.id === id);
  }
}
