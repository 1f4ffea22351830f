/** What a lease says of one run of a verifier. `seenAtMs` is by the database's clock, epoch milliseconds. */
export type Lease = {
  readonly id: string;
  readonly run: string;
  readonly applied: boolean;
  readonly boundMs: number;
  readonly seenAtMs: number;
};

/** One moment: by the database's clock, by ours (both epoch milliseconds), and on one that nobody sets. */
export type Moment = { readonly databaseMs: number; readonly wallMs: number; readonly monoMs: number };

/** A lease that is not dead, and for how long whoever wrote it may still allow without writing again. */
export type Live = Lease & { readonly remainingMs: number };

type Written = { readonly seenAtMs: number; readonly monoMs: number };

/**
 * Tells leases that live from those whose verifier refuses by itself: it has not written for as long as its bound. A
 * clock that somebody sets would say so of all of them, or never; so what counts is for how long a lease has been the
 * same, on a clock that nobody sets. Only of a lease that is seen for the first time the other clocks are asked, and
 * whichever says that it lives is believed.
 */
export class LeaseWatch {
  #written = new Map<string, Written>();

  /** @param leases all that there are. @returns those that live */
  live(leases: readonly Lease[], now: Moment): Live[] {
    const before = this.#written;
    this.#written = new Map(leases.map((lease) => [lease.run, writtenOf(lease, before.get(lease.run), now)]));
    return leases.flatMap((lease) => {
      const monoMs = this.#written.get(lease.run)?.monoMs ?? now.monoMs;
      const remainingMs = lease.boundMs - (now.monoMs - monoMs);
      return remainingMs > 0 ? [{ ...lease, remainingMs }] : [];
    });
  }
}

/** When it was written at the latest. */
function writtenOf({ seenAtMs }: Lease, known: Written | undefined, now: Moment): Written {
  if (known === undefined) {
    const ageMs = Math.min(now.databaseMs - seenAtMs, Math.abs(now.wallMs - seenAtMs));
    return { seenAtMs, monoMs: now.monoMs - Math.max(0, ageMs) };
  }
  return known.seenAtMs === seenAtMs ? known : { seenAtMs, monoMs: now.monoMs };
}
