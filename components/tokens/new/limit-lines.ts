import type { Limits } from "#lib/policies/limits";
import type { TokenFormFacts } from "#lib/tokens/making/form-facts";
import { DAY_MS, type Reader } from "../../ui/time-words";
import { listWords } from "../token-words";
import { type Draft, rangesOf } from "./draft";
import { daysWords, expiresAt } from "./expiry";
import type { Piece } from "./sentence";
import { sourceWords } from "./source-words";
import { inTheirName } from "./whom";

export type LimitLine = {
  readonly kind: "ends" | "rate" | "quota" | "unused" | "ranges" | "approval" | "open";
  readonly warn: boolean;
  readonly pieces: readonly Piece[];
};

/** What a line is judged by: the answers, the limits, and `ends` (epoch ms, null = never, undefined = not known yet). */
type Case = { draft: Draft; facts: TokenFormFacts; limits: Limits; ends: number | null | undefined; now: number };

const say = (parts: TemplateStringsArray, ...strong: (string | number)[]): readonly Piece[] =>
  parts.flatMap((text, at) => {
    const word = strong[at];
    return word === undefined ? [{ text }] : [{ text }, { text: String(word), strong: true as const }];
  });

const line = (kind: LimitLine["kind"], pieces: readonly Piece[], warn = false): LimitLine => ({ kind, warn, pieces });

const whose = ({ facts }: Case, limit: keyof Limits): string => {
  const source = facts.sources?.[limit];
  return source ? sourceWords(source) : "your tier";
};

/** What limits the token that is being made, each with its source, as far as it concerns what has been answered. */
export function limitLines(draft: Draft, facts: TokenFormFacts, reader: Reader): readonly LimitLine[] {
  const { limits } = facts;
  if (!limits) return [];
  const asked: Case = { draft, facts, limits, ends: expiresAt(draft.expiry, limits, reader), now: reader.now };
  return [end, open, rate, quota, ranges, unused, approval].flatMap((judge) => judge(asked));
}

function end(asked: Case): LimitLine[] {
  const { ends, now, limits } = asked;
  if (ends === undefined) return [];
  if (ends === null) return [line("ends", say`${"Never ends"}: somebody has to remember to revoke it.`, true)];
  const days = Math.max(1, Math.round((ends - now) / DAY_MS));
  const longest = limits.maxLifetimeDays !== null && days >= limits.maxLifetimeDays;
  const words = daysWords(days);
  return [
    line(
      "ends",
      longest ? say`Ends in ${words}, the longest for ${whose(asked, "maxLifetimeDays")}.` : say`Ends in ${words}.`,
    ),
  ];
}

function open({ draft, facts }: Case): LimitLine[] {
  if (draft.access === "read" || draft.from !== "anywhere") return [];
  return [
    line("open", say`Whoever finds it can ${`change things ${inTheirName(facts.holder)}`}, from anywhere.`, true),
  ];
}

function rate(asked: Case): LimitLine[] {
  const most = asked.limits.maxRatePerMinute;
  return most === null
    ? []
    : [line("rate", say`Up to ${`${most} requests a minute`}: ${whose(asked, "maxRatePerMinute")}.`)];
}

function quota(asked: Case): LimitLine[] {
  const { facts, limits } = asked;
  const { maxActive } = limits;
  if (maxActive === null) return [];
  const next = facts.activeTokens + 1;
  if (facts.holder !== null) return [theirQuota(asked, next, maxActive, `active tokens of ${facts.holder} that count`)];
  if (next > maxActive)
    return [
      line("quota", say`You have ${`${facts.activeTokens} of ${maxActive}`} tokens in use: revoke one first.`, true),
    ];
  return [line("quota", say`Will be ${`${next} of ${maxActive}`} tokens you may have in use.`)];
}

/** Of somebody else's: which of their tokens count, the source says. */
function theirQuota(asked: Case, next: number, most: number, what: string): LimitLine {
  const source = whose(asked, "maxActive");
  return next > most
    ? line("quota", say`${`${next - 1} of ${most}`} ${what} exist already: ${source}. Revoke one first.`, true)
    : line("quota", say`Will be ${`${next} of ${most}`} ${what}: ${source}.`);
}

function ranges({ facts }: Case): LimitLine[] {
  const limiting = facts.rangeLimits.filter((limit) => limit.ranges.length > 0);
  return limiting.map((limit) =>
    line("ranges", say`Works only from ${listWords(limit.ranges, "or")}: ${sourceWords(limit.source)}.`),
  );
}

function unused({ limits }: Case): LimitLine[] {
  const { endNeverUsedAfterDays: never, endUnusedAfterDays: idle } = limits;
  return [
    ...(never === null ? [] : [line("unused", say`Ends after ${daysWords(never)} if it is ${"never used"}.`)]),
    ...(idle === null ? [] : [line("unused", say`Ends once it has been ${"unused"} for ${daysWords(idle)}.`)]),
  ];
}

/** The server decides; this only says it early. */
function approval(asked: Case): LimitLine[] {
  const { draft, limits, ends, now } = asked;
  const rule = limits.approval;
  const wanted =
    typeof rule === "string"
      ? rule === "always"
      : (rule.whenWrite && draft.access === "write") ||
        (rule.whenNoRanges && rangesOf(draft).length === 0) ||
        (rule.whenLongerThanDays !== null && (ends === null || (ends ?? 0) - now > rule.whenLongerThanDays * DAY_MS));
  if (!wanted) return [];
  return [
    line(
      "approval",
      say`Needs ${"approval"}: ${whose(asked, "approval")}. Asking for it is not possible here yet.`,
      true,
    ),
  ];
}
