import { DAYS, type Day, type Restrictions, type TimeWindow } from "#lib/tokens/restrictions/restrictions";
import { listWords } from "../token-words";

export const DAY_WORDS: Readonly<Record<Day, string>> = {
  ...{ mon: "Mon", tue: "Tue", wed: "Wed", thu: "Thu", fri: "Fri" },
  ...{ sat: "Sat", sun: "Sun" },
};

/** *Mon–Fri*, *Mon, Wed and Fri*, *every day*. */
function daysInWords(days: readonly Day[]): string {
  if (days.length === DAYS.length) return "every day";
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined) return "never";
  const inRow = DAYS.indexOf(last) - DAYS.indexOf(first) === days.length - 1;
  return inRow && days.length > 2
    ? `${DAY_WORDS[first]}–${DAY_WORDS[last]}`
    : listWords(days.map((day) => DAY_WORDS[day]));
}

/** *Mon–Fri, 06:00–20:00 in Europe/Berlin*. */
const windowInWords = ({ days, from, to, zone }: TimeWindow): string =>
  `${daysInWords(days)}, ${from}–${to} in ${zone.replaceAll("_", " ")}`;

/** More paths than these are counted. */
export const MOST_PATHS_SAID = 2;

const counted = (all: readonly string[], most: number, several: string): string =>
  all.length <= most ? listWords(all, "or") : `${all.length} ${several}`;

const requestsWords = (count: number): string => (count === 1 ? "1 request" : `${count.toLocaleString("en")} requests`);

/** What narrows a token further, a phrase for each; none where nothing does. */
export function restrictionsInWords(restrictions: Restrictions): readonly string[] {
  const { headerConditions, pathRules, timeWindow, rateLimit } = restrictions;
  const headers = headerConditions.map(({ name }) => name);
  return [
    ...(pathRules.length > 0 ? [`Only ${counted(pathRules, MOST_PATHS_SAID, "paths")}`] : []),
    ...(timeWindow === null ? [] : [`Only ${windowInWords(timeWindow)}`]),
    ...(headers.length > 0
      ? [`Only with the ${headers.length === 1 ? "header" : "headers"} ${listWords(headers)}`]
      : []),
    ...(rateLimit === null
      ? []
      : [
          `Up to ${requestsWords(rateLimit.perMinute)} a minute` +
            (rateLimit.burst === rateLimit.perMinute ? "" : `, ${rateLimit.burst.toLocaleString("en")} at once`),
        ]),
  ];
}
