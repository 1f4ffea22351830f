import { ok, overQuota, type Result } from "#lib/errors/error";
import { parseAddress } from "#lib/networks/address";
import { Buckets } from "#lib/verification/buckets";

// A scanner sends what one push holds, a hundred secrets at a time. From one address that is enough; and all of them
// together must not keep the database from those who work with it.
const BY_ADDRESS = { policy: "address", buckets: new Buckets(10_000), burst: 30, eachMs: 2_000 };
const LOOK_UPS = { policy: "installation", buckets: new Buckets(1), burst: 100, eachMs: 50 };

const MINUTE_MS = 60_000;

/** Whoever has one IPv6 address has the 64 bits below it, too. */
export function neighbourhoodOf(address: string): string {
  const parsed = parseAddress(address);
  if (parsed === null) return "unknown";
  return parsed.family === 4 ? `4/${parsed.value}` : `6/${parsed.value >> 64n}`;
}

function claim({ policy, buckets, burst, eachMs }: typeof LOOK_UPS, name: string, now: number): Result<void> {
  const left = buckets.take(name, burst, eachMs, now);
  if (left >= 0) return ok(undefined);
  const resetSeconds = Math.ceil(-left / 1_000);
  const quota = { policy, limit: MINUTE_MS / eachMs, remaining: 0, resetSeconds };
  return overQuota(quota, `Too many reports. Send it again in ${resetSeconds} s.`);
}

/** Claims the right to send one report, before it is read. @param now epoch milliseconds */
export const claimReport = (address: string, now: number): Result<void> =>
  claim(BY_ADDRESS, neighbourhoodOf(address), now);

/** Claims the right to have the database asked about one report. @param now epoch milliseconds */
export const claimLookUp = (now: number): Result<void> => claim(LOOK_UPS, "all", now);
