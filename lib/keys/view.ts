import { USED_PURPOSES } from "./key";
import { opensUntil, stillOpens } from "./life";

export const KEY_STATES = ["next", "active", "retired", "leaked"] as const;

export type UsedPurpose = (typeof USED_PURPOSES)[number];

/** What the database says of a key; not the key. */
export type KeyTimes = {
  readonly kid: string;
  readonly purpose: string;
  readonly state: (typeof KEY_STATES)[number];
  readonly createdAt: Date;
  readonly activatedAt: Date | null;
  readonly retiredAt: Date | null;
};

/** A key as REST and pages show it: its name and times (ISO 8601), never itself. */
export type KeyView = {
  readonly id: string;
  readonly purpose: UsedPurpose;
  readonly state: KeyTimes["state"];
  readonly createdAt: string;
  readonly activatedAt: string | null;
  readonly retiredAt: string | null;
  /** Whether what it made is still good. */
  readonly opens: boolean;
  /** Until when, of a retired one; null = for ever. */
  readonly opensUntil: string | null;
};

/**
 * @param now epoch milliseconds
 * @returns null for a purpose of which there are no keys yet
 */
export function keyView(row: KeyTimes, now: number): KeyView | null {
  const purpose = USED_PURPOSES.find((each) => each === row.purpose);
  if (purpose === undefined) return null;
  const { kid: id, state, createdAt, activatedAt, retiredAt } = row;
  const leaked = state === "leaked";
  const retired = retiredAt?.getTime() ?? null;
  const until = retired === null || leaked ? null : opensUntil(purpose, retired);
  return {
    ...{ id, purpose, state, createdAt: createdAt.toISOString() },
    activatedAt: activatedAt?.toISOString() ?? null,
    retiredAt: retiredAt?.toISOString() ?? null,
    opens: !leaked && stillOpens(purpose, retired, now),
    opensUntil: until === null ? null : new Date(until).toISOString(),
  };
}
