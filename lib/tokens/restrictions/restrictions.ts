/** A header that the request must carry, once, with exactly this value. The name is in lower case. */
export type HeaderCondition = { readonly name: string; readonly value: string };

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = (typeof DAYS)[number];

/**
 * When a token works: on these days, from one local time (inclusive) to another (exclusive, at most `24:00`). Where the
 * end is not after the beginning the window goes on into the next day, and belongs to the day on which it began.
 */
export type TimeWindow = {
  /** IANA name of the zone whose clocks are meant. */
  readonly zone: string;
  readonly days: readonly Day[];
  /** `HH:MM`. */
  readonly from: string;
  readonly to: string;
};

/** How often a token may be used: so many requests at once, and so many a minute in the long run. */
export type RateLimit = { readonly perMinute: number; readonly burst: number };

/** What narrows one token further than access, applications and addresses, as it is stored and shown. */
export type Restrictions = {
  /** All of them hold. */
  readonly headerConditions: readonly HeaderCondition[];
  /** `GET /rest/api/2/issue/**`: one of them must match; empty = every path that tokens reach. */
  readonly pathRules: readonly string[];
  readonly timeWindow: TimeWindow | null;
  readonly rateLimit: RateLimit | null;
};

/** Nothing of it. */
export const UNRESTRICTED: Restrictions = Object.freeze({
  headerConditions: Object.freeze([]),
  pathRules: Object.freeze([]),
  timeWindow: null,
  rateLimit: null,
});

/** The restrictions alone, of something that carries them beside other things. */
export const restrictionsOf = ({ headerConditions, pathRules, timeWindow, rateLimit }: Restrictions): Restrictions => ({
  headerConditions,
  pathRules,
  timeWindow,
  rateLimit,
});
