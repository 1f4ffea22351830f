import { createHash } from "node:crypto";
import { MOST_RANGES } from "#lib/networks/network-schema";
import { cidrsOf, liesIn, meetingOf } from "#lib/networks/range-algebra";
import { compileRanges } from "#lib/networks/range-set";
import type { Access, Applications } from "#lib/policies/limits";
import type { Member, Rules } from "#lib/policies/rules";
import { loweredRate } from "#lib/tokens/restrictions/narrower";
import type { RateLimit } from "#lib/tokens/restrictions/restrictions";
import { effectiveAccess } from "#lib/tokens/rights/effective";
import type { Waiver } from "#lib/tokens/token";
import type { Choice } from "./choice";
import { allowanceFor, type Effect, type Judged } from "./effect";
import { rangesGranted, waiverFor } from "./keeping";

const DAY_MS = 86_400_000;

/** A token with what a choice may write to it. Times are epoch milliseconds. */
export type Treated = Judged & { readonly id: string; readonly bornAt: number; readonly expiresAt: number | null };

/** What a choice writes to a token: dated facts and narrower columns. Nothing is written that is so already. */
export type Remedy = {
  readonly waiver?: Waiver;
  readonly expiresAt?: number;
  readonly access?: Access;
  readonly applications?: Applications;
  readonly ipRanges?: readonly string[];
  readonly rateLimit?: RateLimit;
};

/** A token's own place in a window, the same however often it is asked for: spread by its id. */
function offsetOf(id: string, spreadDays: number): number {
  const share = createHash("sha256").update(id).digest().readUInt32BE() / 2 ** 32;
  return Math.floor(share * spreadDays * DAY_MS);
}

type Around = {
  readonly owner: Member;
  readonly rules: readonly [before: Rules, after: Rules];
  readonly effect: Effect;
  readonly now: number;
};

/** A waiver until a date, where something is refused that a waiver can keep. `null`: none can say it. */
function waived(token: Treated, until: number, { owner, rules, effect, now }: Around): Remedy | null {
  if (effect.refusedBy.every((rule) => rule === "use")) return {};
  const waiver = waiverFor(token, owner, rules[0], until, now);
  if (waiver === "impossible") return null;
  return waiver === "kept" ? {} : { waiver };
}

const earlier = (expiresAt: number | null, at: number): Remedy =>
  expiresAt !== null && expiresAt <= at ? {} : { expiresAt: at };

/** From where the new rules let it pass, as its own ranges; undefined when they need no change. */
function rangesLeft(token: Treated, owner: Member, after: Rules): readonly string[] | undefined {
  const granted = rangesGranted(token, owner, after);
  if (granted === null || granted.length === 0) return undefined;
  if (token.ipRanges.length === 0) return granted;
  const [own, place] = [compileRanges(token.ipRanges, after.networks), compileRanges(granted, after.networks)];
  if (liesIn(own, [place])) return undefined;
  const met = meetingOf([own, place]);
  const cidrs = met === null ? [] : cidrsOf(met);
  return cidrs.length > 0 && cidrs.length <= MOST_RANGES ? cidrs : undefined;
}

/** The highest rate that the new rules allow, where its own is higher or it has none. */
function slowed(token: Treated, { owner, rules: [, after], effect }: Around): Remedy {
  if (!effect.tooFast) return {};
  const rateLimit = loweredRate(token.rateLimit, allowanceFor(token, owner, after)?.limits.maxRatePerMinute ?? null);
  return rateLimit === null ? {} : { rateLimit };
}

/** The token's rights, narrowed to what the new rules leave of it; where they leave nothing it stays as it is. */
function reduced(token: Treated, { owner, rules: [, after], effect }: Around): Remedy {
  if (effect.refusedBy.length === 0) return {};
  const [way] = effectiveAccess({ ...token, waiver: null }, owner, after, 0).ways;
  if (way === undefined || way.applications.length === 0) return {};
  const ipRanges = rangesLeft(token, owner, after);
  const sameApplications = JSON.stringify(way.applications) === JSON.stringify(token.applications);
  return {
    ...(way.access === token.access ? {} : { access: way.access }),
    ...(sameApplications ? {} : { applications: way.applications }),
    ...(ipRanges === undefined ? {} : { ipRanges }),
  };
}

/**
 * What a choice does to a token that a change of rules breaks. To be written before the rules, so that there is no
 * instant at which a token is refused that was promised more time. A rate is no right that could be refused, so that
 * there is none to keep: it stays until the token is rotated, unless it is reduced.
 * @returns null when no waiver can keep what it has; an empty remedy when nothing needs to be written
 */
export function remedyOf(token: Treated, choice: Choice, around: Around): Remedy | null {
  const { owner, rules, effect } = around;
  switch (choice.choice) {
    case "leave":
      return waived(token, choice.until, around);
    case "revoke": {
      const kept = waived(token, choice.at, around);
      return kept && { ...kept, ...earlier(token.expiresAt, choice.at) };
    }
    case "shorten": {
      const at = choice.from + offsetOf(token.id, choice.spreadDays);
      const kept = waived(token, at, around);
      const limit = allowanceFor(token, owner, rules[1])?.limits.maxLifetimeDays ?? null;
      if (kept === null || !effect.tooLong || limit === null) return kept;
      return { ...kept, ...earlier(token.expiresAt, Math.max(at, token.bornAt + limit * DAY_MS)) };
    }
    case "reduce":
      return { ...reduced(token, around), ...slowed(token, around) };
  }
}
