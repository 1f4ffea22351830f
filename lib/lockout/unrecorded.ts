import type { Application, FilterRule } from "#lib/applications/application";
import type { Editable } from "#lib/applications/edit";
import { FILTER_RULES, filterOf } from "#lib/verification/path-filter";
import { classInWords } from "./class-words";
import { counted } from "./lockout";

/** Requests that passed, by what came with them. */
type Passed = ReadonlyMap<string, number>;

const gone = <T>(before: readonly T[], after: readonly T[]): T[] => before.filter((each) => !after.includes(each));

const SENT = {
  basic: "the password of Basic",
  bearer: "Bearer",
  header: "the header",
  query: "the query parameter",
} as const;

/** Ways to send a token that are taken away or renamed. */
const waysGone = (before: Application["credentials"], after: Application["credentials"]): string[] =>
  (Object.keys(SENT) as (keyof typeof SENT)[])
    .filter((way) => before[way] !== false && before[way] !== null && before[way] !== after[way])
    .map((way) => SENT[way]);

/** Filter rules that begin to refuse what they neither refused nor recorded. */
const unwatched = (before: Editable, after: Editable): FilterRule[] => {
  const [was, is] = [filterOf(before.pathFilter), filterOf(after.pathFilter)];
  return FILTER_RULES.filter((rule) => was[rule] === "off" && is[rule] === "block");
};

/** What concerns tokens: how and where they came is not recorded request by request. */
function ofTokens(before: Editable, after: Editable): string[] {
  const ways = waysGone(before.credentials, after.credentials);
  const names =
    (before.usernames.aliases && !after.usernames.aliases) || (before.usernames.empty && !after.usernames.empty);
  const paths = gone(before.paths, after.paths).length + gone(before.readPacks, after.readPacks).length;
  const rules = unwatched(before, after);
  return [
    ...(ways.length > 0 ? [`How each token came, so which came by ${ways.join(" or ")}`] : []),
    ...(names ? ["Which username stood beside each token"] : []),
    ...(paths > 0 || before.kind !== after.kind ? ["Which paths each token asked for, but the last"] : []),
    ...(before.webSocket && !after.webSocket ? ["Which tokens opened a WebSocket"] : []),
    ...(rules.length > 0 ? [`Whom ${rules.join(" and ")} would have refused; set “observe” first to learn`] : []),
    ...(before.introspectRestricted && !after.introspectRestricted
      ? ["Which tokens with limits were introspected"]
      : []),
  ];
}

/** What concerns what is not ours. */
function ofOthers(before: Editable, after: Editable, passed: Passed): string[] {
  const classes = (Object.keys(before.rules) as (keyof Application["rules"])[]).filter(
    (each) => before.rules[each] === "allow" && after.rules[each] === "block" && (passed.get(each) ?? 0) > 0,
  );
  return [
    ...classes.map(
      (each) => `Who sent ${classInWords(each)}, since “allow” records nobody; set “observe” first to learn`,
    ),
    ...(before.preflight && !after.preflight ? ["Which pages of other hosts asked by a CORS preflight"] : []),
  ];
}

/**
 * What a change may turn away of which nothing is recorded, in sentences; empty where nothing came at all.
 * @param passed requests of the last days that passed
 * @param places of the application that lead there no more, beside others that do
 */
export function unrecordedOf(before: Editable, after: Editable, passed: Passed, places: readonly string[]): string[] {
  const all = [...passed.values()].reduce((sum, each) => sum + each, 0);
  const tokens = passed.get("token") ?? 0;
  return [
    ...(tokens > 0
      ? ofTokens(before, after).map((each) => `${each} (of ${counted(tokens, "request")} with tokens).`)
      : []),
    ...ofOthers(before, after, passed).map((each) => `${each}.`),
    ...(all > 0 && places.length > 0
      ? [`How many of its ${counted(all, "request")} came to ${places.join(", ")}, where it shall no longer be found.`]
      : []),
    ...(all > 0 && before.identity !== after.identity
      ? ["Whether the application itself believes the other identity: try one request right after."]
      : []),
  ];
}
