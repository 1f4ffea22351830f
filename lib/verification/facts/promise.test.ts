import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Confirmation, type Instant } from "./confirmation";

const BOUND_MS = 1_000;

/**
 * One step of a verifier, its database, somebody who revokes, and the time. A question is sent, the database deals with
 * it, and the answer comes back, each whenever it likes; answers may be lost.
 */
type Step =
  | { readonly do: "wait"; readonly ms: number }
  | { readonly do: "sendPull" | "readPull" | "returnPull" | "sendLease" | "writeLease" | "returnLease" | "lose" }
  | { readonly do: "revoke" | "look" | "sweep" };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 700 }) }) },
  {
    weight: 14,
    arbitrary: fc.record({
      do: fc.constantFrom(
        ...(["sendPull", "readPull", "returnPull", "sendLease", "writeLease", "returnLease"] as const),
      ),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom(...(["revoke", "look", "look"] as const)) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom(...(["lose", "sweep"] as const)) }) },
);

type Revocation = { readonly seq: number; promisedBy: number | null };

/** Plays one interleaving; says which promise to somebody who revoked was broken, if any. */
function play(steps: readonly Step[], confirmation: Confirmation): string | null {
  let now = 0;
  let head = 0;
  let applied = 0;
  let lease: { seenAt: number; applied: number } | null = null;
  let pull: { sent: Instant; head: number | null } | null = null;
  let writing: { sent: Instant; applied: number; made: boolean | null } | null = null;
  const revocations: Revocation[] = [];
  const instant = (): Instant => ({ wall: 1_800_000_000_000 + now, mono: now });

  for (const step of steps) {
    if (step.do === "wait") now += step.ms;
    else if (step.do === "sendPull") pull ??= { sent: instant(), head: null };
    else if (step.do === "readPull") {
      if (pull && pull.head === null) pull.head = head;
    } else if (step.do === "returnPull") {
      if (pull?.head != null) {
        applied = Math.max(applied, pull.head);
        confirmation.pulled(pull.sent);
        pull = null;
      }
    } else if (step.do === "sendLease") writing ??= { sent: instant(), applied, made: null };
    else if (step.do === "writeLease") {
      if (writing && writing.made === null) {
        writing.made = lease === null;
        lease = { seenAt: now, applied: writing.applied };
      }
    } else if (step.do === "returnLease") {
      if (writing?.made != null) {
        confirmation.leased(writing.sent, instant(), writing.made);
        writing = null;
      }
    } else if (step.do === "lose") {
      // The connection broke: what was written stays written, and nobody is told.
      pull = null;
      writing = null;
    } else if (step.do === "sweep") {
      if (lease && now - lease.seenAt > 10 * BOUND_MS) lease = null;
    } else if (step.do === "revoke") {
      head += 1;
      // From the commit on nobody allows for longer than the bound, whatever happens.
      revocations.push({ seq: head, promisedBy: now + BOUND_MS });
    } else {
      // Whoever revoked looks at the leases: without a living one that is behind, it holds everywhere now.
      const isLive = lease !== null && now - lease.seenAt <= BOUND_MS;
      for (const revocation of revocations) {
        const isOutstanding = isLive && lease !== null && lease.applied < revocation.seq;
        if (!isOutstanding) revocation.promisedBy = Math.min(revocation.promisedBy ?? now, now);
      }
    }
    // The verifier still has what it cached before the revocation exactly as long as it has not applied it.
    for (const { seq, promisedBy } of revocations) {
      if (applied >= seq || promisedBy === null || now <= promisedBy || !confirmation.holds(instant())) continue;
      return `after ${JSON.stringify(step)} at ${now}: still allows what ended by ${promisedBy} with ${seq}`;
    }
  }
  return null;
}

/** What one writes first: a pull within the bound is enough. */
class WithoutLease extends Confirmation {
  override leased(_sent: Instant, done: Instant): void {
    super.leased({ wall: Infinity, mono: done.mono }, done, false);
  }
}

/** Writes leases, but does not ask again after a first one. */
class WithoutAnotherPull extends Confirmation {
  override leased(sent: Instant): void {
    super.leased(sent, { wall: sent.wall, mono: -1 }, true);
  }
}

/** Counts from when the answer came, which is when one notices. */
class CountingFromTheAnswer extends Confirmation {
  #now: Instant = { wall: 0, mono: 0 };
  override pulled(): void {
    super.pulled(this.#now);
  }
  override holds(now: Instant): boolean {
    this.#now = now;
    return super.holds(now);
  }
}

const interleavings = fc.array(anyStep, { minLength: 5, maxLength: 100, size: "max" });
const kept = (confirmation: () => Confirmation) =>
  fc.property(interleavings, (steps) => {
    expect(play(steps, confirmation())).toBeNull();
  });

describe("whoever revokes is told: it holds everywhere, or by when", () => {
  test("and in no order of pulls, leases, lost answers and looks does a verifier allow after that", () => {
    fc.assert(
      kept(() => new Confirmation(BOUND_MS)),
      { numRuns: 10_000 },
    );
  });

  test.each([
    ["that does not need its lease", () => new WithoutLease(BOUND_MS)],
    ["that does not pull again after its first lease", () => new WithoutAnotherPull(BOUND_MS)],
    ["that counts from when the answer came", () => new CountingFromTheAnswer(BOUND_MS)],
  ])("a verifier %s breaks the same promise", (_which, confirmation) => {
    expect(fc.check(kept(confirmation), { numRuns: 20_000 }).failed).toBe(true);
  });
});
