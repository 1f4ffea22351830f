import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { OWN_ATTENTION, type OwnAttention, type OwnWaiting } from "./own";
import { DAY_MS } from "./store";
import { countOwn, readOwnHours, readOwnWaiting } from "./store-own";

/** What waits for an owner, in order; what is quiet is left out. */
export type OwnWaits = readonly (OwnWaiting & { readonly key: OwnAttention })[];

/** Everything that the page of an owner draws. Times in epoch milliseconds, on the hour. */
export type OwnOverview = {
  readonly waits: OwnWaits;
  /** Tokens that have not ended. */
  readonly tokens: number;
  readonly hours: readonly { readonly at: number; readonly allowed: number; readonly refused: number }[];
};

/**
 * What needs the viewer today among their own tokens, and how these are used.
 * @param now epoch milliseconds
 * @returns null for the operator, who owns none
 */
export async function findOwnOverview(viewer: Viewer, now: number): Promise<OwnOverview | null> {
  if (!("userId" in viewer)) return null;
  const { userId } = viewer;
  const db = database();
  const [waiting, tokens, hours] = await Promise.all([
    Promise.all(OWN_ATTENTION.map(async (key) => ({ key, found: await readOwnWaiting(db, viewer, key, now) }))),
    countOwn(db, userId, now),
    // A day more than is drawn: where the reader is, the first day may have begun earlier.
    readOwnHours(db, userId, now - 15 * DAY_MS),
  ]);
  return {
    waits: waiting.flatMap(({ key, found: [first, ...more] }) =>
      first ? [{ key, count: 1 + more.length, first }] : [],
    ),
    tokens,
    hours: hours.map(({ hour, allowed, refused }) => ({
      at: hour.getTime(),
      allowed: Number(allowed),
      refused: Number(refused),
    })),
  };
}
