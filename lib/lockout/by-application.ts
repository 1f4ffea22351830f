import type { Route } from "#lib/applications/application";
import type { Editable } from "#lib/applications/edit";
import { type AtRisk, sendersAtRisk } from "./at-risk";
import { classInWords } from "./class-words";
import { type Foreseen, type Loss, lossOf } from "./lockout";
import { unrecordedOf } from "./unrecorded";

/** Who was seen: how many, and the last of them by name. */
export type Seen = {
  readonly count: number;
  readonly examples: readonly string[];
  /** Some were too many to keep apart, and are in no number. */
  readonly lumped: boolean;
};

/** What came to an application in that time. */
export type ApplicationFacts = {
  /** Requests that passed, by what came with them: `token`, or a class of what is not ours. */
  readonly passed: ReadonlyMap<string, number>;
  /** Of each class at risk, who of those at risk sent it and passed, where that is recorded: each name, or else address. */
  readonly senders: ReadonlyMap<string, Seen>;
  /** Tokens whose requests the filter rules at risk recognised and let pass. */
  readonly recognised: Seen;
};

function classLost(risk: AtRisk, before: Editable, after: Editable, facts: ApplicationFacts): Loss[] {
  const [was, words] = [before.rules[risk.class], classInWords(risk.class)];
  const onPaths = (after.exceptions[risk.class]?.paths.length ?? 0) > 0;
  const unless = onPaths ? ", except on the paths of its exception" : "";
  if (was === "allow") {
    const requests = facts.passed.get(risk.class) ?? 0;
    const came = requests === 1 ? "request" : "requests";
    return lossOf(requests, `${came} passed with ${words}; the same would be refused${unless}`);
  }
  const { count, examples } = facts.senders.get(risk.class) ?? { count: 0, examples: [] };
  const by = was === "block" ? " by the exception" : "";
  const who = count === 1 ? "sender" : "senders";
  return lossOf(count, `${who} passed${by} with ${words} and would be refused${unless}:`, examples, count);
}

/** Tokens that a filter rule recognises and from now on refuses. */
function filterLost({ recognised: { count, examples } }: ApplicationFacts): Loss[] {
  const who = count === 1 ? "token" : "tokens";
  return lossOf(count, `${who} sent what a filter rule recognised and would refuse:`, examples, count);
}

/** Whether what came to a place still leads to the application: by the same, or by one above it. */
const leads = (routes: readonly Route[], { host, context }: Route): boolean =>
  routes.some((route) => route.host === host && `${context}/`.startsWith(`${route.context}/`));

/** Places of today that lead there no more. */
const placesLost = (before: Editable, after: Editable): string[] =>
  before.routes.filter((was) => !leads(after.routes, was)).map(({ host, context }) => `${host}${context}`);

/** No place of today leads there any more: whoever comes as today finds nothing. */
function routesLost(requests: number): Loss[] {
  const came = requests === 1 ? "request" : "requests";
  return lossOf(requests, `${came} passed under hosts that it shall no longer have; the same would be refused`);
}

/** What was too much to keep apart, so that nobody can say whose it was. */
function lumpedOf(risks: readonly AtRisk[], { senders, recognised }: ApplicationFacts): string[] {
  const classes = risks.filter((risk) => senders.get(risk.class)?.lumped === true);
  return [
    ...classes.map(
      (risk) => `Some senders of ${classInWords(risk.class)} were too many to keep apart; they are not counted.`,
    ),
    ...(recognised.lumped
      ? ["Some tokens that a filter rule recognised were too many to keep apart; they are not counted."]
      : []),
  ];
}

/**
 * Whom a change of an application would turn away, as far as it was recorded who comes.
 * @param facts of the classes and rules that the change puts at risk
 */
export function byApplication(before: Editable, after: Editable, facts: ApplicationFacts): Foreseen {
  const risks = sendersAtRisk(before, after);
  const all = [...facts.passed.values()].reduce((sum, each) => sum + each, 0);
  const places = placesLost(before, after);
  const isGone = places.length > 0 && places.length === before.routes.length;
  return {
    losses: [
      ...routesLost(isGone ? all : 0),
      ...risks.flatMap((risk) => classLost(risk, before, after, facts)),
      ...filterLost(facts),
    ],
    unknown: [...lumpedOf(risks, facts), ...unrecordedOf(before, after, facts.passed, isGone ? [] : places)],
  };
}
