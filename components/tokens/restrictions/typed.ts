import { type Day, type Restrictions, UNRESTRICTED } from "#lib/tokens/restrictions/restrictions";

/** Restrictions as they are typed. */
export type TypedRestrictions = {
  /** `Name: value`, one a line. */
  readonly headers: string;
  /** `GET /path/**`, one a line. */
  readonly paths: string;
  readonly days: readonly Day[];
  readonly begins: string;
  readonly ends: string;
  readonly zone: string;
  readonly perMinute: string;
  readonly burst: string;
};

/** What a form is about that is sent to the API. */
export const RESTRICTION_FIELDS = ["headerConditions", "pathRules", "timeWindow", "rateLimit"] as const;

/** The form as it opens. @param zone the reader's, where none is set */
export function typedOf(restrictions: Restrictions, zone: string): TypedRestrictions {
  const { headerConditions, pathRules, timeWindow, rateLimit } = restrictions;
  return {
    headers: headerConditions.map(({ name, value }) => `${name}: ${value}`).join("\n"),
    paths: pathRules.join("\n"),
    days: timeWindow?.days ?? [],
    begins: timeWindow?.from ?? "",
    ends: timeWindow?.to ?? "",
    zone: timeWindow?.zone ?? zone,
    perMinute: rateLimit === null ? "" : String(rateLimit.perMinute),
    burst: rateLimit === null ? "" : String(rateLimit.burst),
  };
}

/** Nothing typed yet. */
export const nothingTyped = (zone: string): TypedRestrictions => typedOf(UNRESTRICTED, zone);

const linesOf = (text: string): string[] => text.split("\n").flatMap((line) => line.trim() || []);

function conditionOf(line: string): { name: string; value: string } {
  const colon = line.indexOf(":");
  return colon < 0
    ? { name: line, value: "" }
    : { name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() };
}

const countOf = (text: string): number | null => (text.trim() === "" ? null : Number(text));

/** A rate as it is sent; null where none is typed. As many at once as a minute, unless said. */
function rateOf({ perMinute, burst }: TypedRestrictions): { perMinute: number | null; burst: number | null } | null {
  const [rate, most] = [countOf(perMinute), countOf(burst)];
  return rate === null && most === null ? null : { perMinute: rate, burst: most ?? rate };
}

/** What is sent: whatever was begun goes as it is, so that the server says what is missing. */
export function restrictionsTyped(typed: TypedRestrictions): Readonly<Record<keyof Restrictions, unknown>> {
  const { days, begins: from, ends: to, zone } = typed;
  return {
    headerConditions: linesOf(typed.headers).map(conditionOf),
    pathRules: linesOf(typed.paths),
    timeWindow: days.length === 0 && from === "" && to === "" ? null : { zone: zone.trim(), days, from, to },
    rateLimit: rateOf(typed),
  };
}
