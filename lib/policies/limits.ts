/** What may be asked of a token: read only, or everything its owner may do (write includes read). */
export type Access = "read" | "write";

/** Keys of applications, or all of them. *All* on a token never includes `latchkey` itself. */
export type Applications = readonly string[] | "all";

export type ApprovalRule =
  | "never"
  | "always"
  | { readonly whenWrite: boolean; readonly whenLongerThanDays: number | null; readonly whenNoRanges: boolean };

/**
 * Limits of a tier (`own`) or a delegation (`issue`), whole: nothing is granted by omission.
 * `maxLifetimeDays: null` allows tokens without expiry; `ranges` holds CIDRs and network names, empty = anywhere.
 */
export type Limits = {
  readonly maxLifetimeDays: number | null;
  readonly defaultLifetimeDays: number;
  readonly access: Access;
  readonly applications: Applications;
  readonly maxActive: number | null;
  readonly requireRanges: boolean;
  readonly ranges: readonly string[];
  readonly maxRatePerMinute: number | null;
  readonly requirePurpose: boolean;
  readonly requireContact: boolean;
  readonly endNeverUsedAfterDays: number | null;
  readonly endUnusedAfterDays: number | null;
  readonly approval: ApprovalRule;
};

/** A ceiling only takes away: what it leaves out it does not limit. */
export type Ceiling = Partial<Limits>;
