import { ok, type Result, tooSoon } from "#lib/errors/error";
import { parseAddress } from "#lib/networks/address";
import { Rate } from "./rate";

// A scanner sends what one push holds, a hundred secrets at a time. From one address that is enough; and all of them
// together must not keep the database from those who work with it.
const BY_ADDRESS = new Rate({ burst: 30, perSecond: 0.5, mostNames: 10_000 });
const LOOK_UPS = new Rate({ burst: 100, perSecond: 20, mostNames: 1 });

/** Whoever has one IPv6 address has the 64 bits below it, too. */
export function neighbourhoodOf(address: string): string {
  const parsed = parseAddress(address);
  if (parsed === null) return "unknown";
  return parsed.family === 4 ? `4/${parsed.value}` : `6/${parsed.value >> 64n}`;
}

const waiting = (seconds: number): Result<void> =>
  seconds === 0 ? ok(undefined) : tooSoon(seconds, `Too many reports. Send it again in ${seconds} s.`);

/** Claims the right to send one report, before it is read. @param now epoch milliseconds */
export const claimReport = (address: string, now: number): Result<void> =>
  waiting(BY_ADDRESS.take(neighbourhoodOf(address), now));

/** Claims the right to have the database asked about one report. @param now epoch milliseconds */
export const claimLookUp = (now: number): Result<void> => waiting(LOOK_UPS.take("all", now));
