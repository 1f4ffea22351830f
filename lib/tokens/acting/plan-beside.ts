import { ok, type Result, refuse } from "#lib/errors/error";
import { MOST_RANGES } from "#lib/networks/network-schema";
import { cidrsOf, meetingOf } from "#lib/networks/range-algebra";
import { compileRanges } from "#lib/networks/range-set";
import { type WideningPath, widenings } from "../making/widening";
import type { Circumstances, Wish } from "../making/wish";
import { MEETING } from "../restrictions/meeting";
import type { TokenRow } from "../row";
import { asItIs, type Edited } from "./plan-edit";

type Reaching = Pick<Wish, "applications" | "access" | "ipRanges" | "expiresAt"> & Wish["narrowing"];
type Networks = Circumstances["networks"];

function applicationsMeeting({ applications: a }: Reaching, { applications: b }: Reaching) {
  if (a === "all" || b === "all") return a === "all" ? b : a;
  const common = a.filter((key) => b.includes(key));
  return common.length === 0 ? undefined : common;
}

/** As addresses, since no network is both of two. An empty list would be anywhere. */
function rangesMeeting({ ipRanges: a }: Reaching, { ipRanges: b }: Reaching, networks: Networks) {
  const met = meetingOf([a, b].map((list) => (list.length === 0 ? null : compileRanges(list, networks))));
  const cidrs = met === null ? [] : cidrsOf(met);
  return cidrs.length === 0 || cidrs.length > MOST_RANGES ? undefined : cidrs;
}

/** Where neither of two is narrower: what both let through, undefined where that cannot be written down. */
const MEETINGS: {
  readonly [Path in WideningPath]: (was: Reaching, is: Reaching, networks: Networks) => Reaching[Path] | undefined;
} = {
  ...MEETING,
  applications: applicationsMeeting,
  ipRanges: rangesMeeting,
  // Of two accesses, and of two ends, one is always the narrower.
  access: () => "read",
  expiresAt: () => undefined,
};

const flat = ({ applications, access, ipRanges, expiresAt, narrowing }: Wish): Reaching => ({
  ...{ applications, access, ipRanges, expiresAt },
  ...narrowing,
});

const CANNOT =
  "Its old secret still works, and nothing says what both it and this allow. Revoke only the old one first, or wait until it stops.";

/**
 * How the old secret of a rotating pair is to be: narrowed with its successor, or what an edit closed would stay open
 * through it; never widened, since its being exposed may be why there is a successor. What the edit makes neither
 * narrower nor wider leaves it what both let through.
 * @returns `invalid_input` where that cannot be written down, or is nothing: whoever edits ends the old one first
 */
export function besideSuccessor(old: TokenRow, next: Edited, networks: Networks): Result<Edited> {
  const today = asItIs(old);
  if (!today.ok) return refuse("invalid_input", CANNOT);
  const source = { kind: "token", name: old.name } as const;
  const wider = new Set(widenings(today.value.wish, next.wish, networks, source).map(({ path }) => path));
  const narrower = new Set(widenings(next.wish, today.value.wish, networks, source).map(({ path }) => path));
  const [was, is] = [flat(today.value.wish), flat(next.wish)];
  const strange: WideningPath[] = [];
  const kept = <Path extends WideningPath>(path: Path): Reaching[Path] => {
    if (!wider.has(path)) return is[path];
    if (!narrower.has(path)) return was[path];
    const met = MEETINGS[path](was, is, networks);
    if (met === undefined) strange.push(path);
    return met === undefined ? was[path] : met;
  };
  const wish: Wish = {
    ...next.wish,
    ...{ applications: kept("applications"), access: kept("access") },
    ...{ ipRanges: kept("ipRanges"), expiresAt: kept("expiresAt") },
    narrowing: {
      ...{ headerConditions: kept("headerConditions"), pathRules: kept("pathRules") },
      ...{ timeWindow: kept("timeWindow"), rateLimit: kept("rateLimit") },
    },
  };
  const errors = strange.map((path) => ({ path, message: CANNOT }));
  return errors.length === 0 ? ok({ ...next, wish }) : refuse("invalid_input", CANNOT, errors);
}
