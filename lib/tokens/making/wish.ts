import type { Network } from "#lib/networks/network";
import type { Counted } from "#lib/policies/allowance";
import type { Access, Applications } from "#lib/policies/limits";
import type { Restrictions } from "../restrictions/restrictions";

/** What is wished of a token, as far as limits are concerned. */
export type Wish = {
  readonly description: string;
  readonly contact: string;
  readonly applications: Applications;
  readonly access: Access;
  readonly ipRanges: readonly string[];
  /** Epoch milliseconds; null = never. */
  readonly expiresAt: number | null;
  /** What narrows it further. */
  readonly narrowing: Restrictions;
};

/** What a wish is judged by besides the allowance. */
export type Circumstances = {
  readonly now: number;
  /** Birth of the secret, from which the lifetime counts: now for a new one. Epoch milliseconds. */
  readonly bornAt: number;
  readonly networks: ReadonlyMap<string, Network>;
  /** Keys of the applications that exist. */
  readonly applications: ReadonlySet<string>;
  /** The holder's active tokens already: a rotating pair counts as one, suspended and pending count, ended never. */
  readonly active: Readonly<Record<Counted, number>>;
};
