import { isSameZone } from "#lib/zone";
import type { HeaderCondition, RateLimit, Restrictions, TimeWindow } from "./restrictions";
import { MOST_RULES } from "./restrictions-schema";
import { withinWindow } from "./time-window";

/** Both of two lists of conditions hold; none where they ask for two values of one header. */
function headersMeeting(a: readonly HeaderCondition[], b: readonly HeaderCondition[]) {
  const more = b.filter((each) => !a.some(({ name, value }) => name === each.name && value === each.value));
  const contradict = more.some(({ name }) => a.some((each) => each.name === name));
  return contradict || a.length + more.length > MOST_RULES ? undefined : [...a, ...more];
}

/** The rules that both name: what else two patterns have in common no rule could always say. */
function pathsMeeting(a: readonly string[], b: readonly string[]) {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  const common = a.filter((rule) => b.includes(rule));
  return common.length === 0 ? undefined : common;
}

function windowMeeting(a: TimeWindow | null, b: TimeWindow | null): TimeWindow | null | undefined {
  if (a === null || b === null) return a ?? b;
  if (withinWindow(a, b)) return a;
  if (withinWindow(b, a)) return b;
  const days = a.days.filter((day) => b.days.includes(day));
  if (!isSameZone(a.zone, b.zone) || days.length === 0) return undefined;
  if (a.from === b.from && a.to === b.to) return { ...a, days };
  const overnight = a.to <= a.from || b.to <= b.from;
  const [[, from = a.from], [to = a.to]] = [[a.from, b.from].sort(), [a.to, b.to].sort()];
  return overnight || to <= from ? undefined : { zone: a.zone, days, from, to };
}

const rateMeeting = (a: RateLimit | null, b: RateLimit | null): RateLimit | null =>
  a === null || b === null
    ? (a ?? b)
    : { perMinute: Math.min(a.perMinute, b.perMinute), burst: Math.min(a.burst, b.burst) };

/**
 * What passes two restrictions of one kind, for each kind: as one that lets through nothing that either refuses, though
 * perhaps less than both would. Undefined where none can be written down.
 */
export const MEETING: {
  readonly [Field in keyof Restrictions]: (a: Restrictions, b: Restrictions) => Restrictions[Field] | undefined;
} = {
  headerConditions: (a, b) => headersMeeting(a.headerConditions, b.headerConditions),
  pathRules: (a, b) => pathsMeeting(a.pathRules, b.pathRules),
  timeWindow: (a, b) => windowMeeting(a.timeWindow, b.timeWindow),
  rateLimit: (a, b) => rateMeeting(a.rateLimit, b.rateLimit),
};
