import { ok, type Result, refuse } from "#lib/errors/error";
import { datedOf, type TokenRow } from "../row";
import { hasEnded } from "../status";
import { unmeant } from "./meant-date";

type WaiverColumns = Pick<
  TokenRow,
  "waiverUntil" | "waiverBy" | "waiverWhy" | "waiverAccess" | "waiverAllApplications"
> & { readonly waiverApplications: string[]; readonly waiverIpRanges: string[] };

const NO_WAIVER: WaiverColumns = {
  ...{ waiverUntil: null, waiverBy: null, waiverWhy: null, waiverAccess: null },
  ...{ waiverAllApplications: false, waiverApplications: [], waiverIpRanges: [] },
};

/** What a token says of itself, kept: its own ranges hold anyway, whatever a waiver says. */
function keptBy(row: TokenRow, until: number, by: string, why: string): WaiverColumns {
  return {
    ...{ waiverUntil: new Date(until), waiverBy: by, waiverWhy: why, waiverAccess: row.access },
    waiverAllApplications: row.allApplications,
    waiverApplications: [...row.applications],
    waiverIpRanges: [],
  };
}

/**
 * What a token's waiver is to be: given where there is none that still holds (then `why` is needed), ended (`until`
 * null), or with another end.
 * @param now epoch milliseconds
 * @returns `ended` where there is nothing to change, `invalid_input` for a time that is past, or beyond ten years
 */
export function planWaiver(
  row: TokenRow,
  { until, why, by }: { readonly until: number | null; readonly why: string; readonly by: string },
  now: number,
): Result<{ readonly changes: Partial<WaiverColumns>; readonly given: boolean }> {
  const holds = row.waiverUntil !== null && row.waiverUntil.getTime() > now;
  const message = until === null ? null : unmeant(until, now);
  if (message !== null) {
    return refuse("invalid_input", message, [{ path: "until", message }]);
  }
  if (until === null) {
    return holds ? ok({ changes: NO_WAIVER, given: false }) : refuse("ended", "It holds no waiver any more.");
  }
  if (holds) return ok({ changes: { waiverUntil: new Date(until) }, given: false });
  if (hasEnded(datedOf(row), now)) return refuse("ended", "The token has ended: a waiver would let nothing pass.");
  if (why === "") {
    const message = "Say why: it holds no waiver (any more), so this would give one.";
    return refuse("invalid_input", message, [{ path: "why", message }]);
  }
  return ok({ changes: keptBy(row, until, by, why), given: true });
}
