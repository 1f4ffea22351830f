import type { TokenFormFacts } from "#lib/tokens/making/form-facts";
import { type Draft, emptyDraft, mayReach, type Use } from "./draft";
import type { Expiry } from "./expiry";

/** A page's query as Next hands it over: anything, and anything several times. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const USES: readonly Use[] = ["script", "ci", "git", "cloud", "bi"];
const NAME_LENGTH = 100;
const TEXT_LENGTH = 500;
const MANY = 20;

/** Invisible, control and direction-changing characters: a link must not be able to make a name look like another. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu;

const all = (query: Query, key: string): readonly string[] => [query[key] ?? []].flat().slice(0, MANY);
const first = (query: Query, key: string): string | undefined => all(query, key)[0];
const clean = (text: string | undefined, length: number): string =>
  Array.from(
    (text ?? "")
      .slice(0, length * 4)
      .replace(UNSEEN, " ")
      .replace(/\s+/g, " ")
      .trim(),
  )
    .slice(0, length)
    .join("");

/**
 * The form as a link wants it opened: `/tokens/new?name=…&application=jira&access=read&expires=30d`, for wikis.
 * A link is written by anybody, so it can only fill in what the reader could choose: unknown applications and
 * networks, accesses and lifetimes beyond the tier are left at their presets, and nothing is ever sent by opening it.
 * @returns the draft, and whether the link filled in anything
 */
export function draftFromQuery(query: Query, facts: TokenFormFacts): { draft: Draft; filled: boolean } {
  const empty = emptyDraft(facts);
  const applications = all(query, "application").filter(
    (key) => facts.applications.some((each) => each.key === key) && mayReach(facts, key),
  );
  const networks = all(query, "network").filter((name) => facts.networks.some((each) => each.name === name));
  const name = clean(first(query, "name"), NAME_LENGTH);
  const use = USES.find((each) => each === first(query, "use"));
  const expiry = expiryOf(first(query, "expires"), facts);
  const filledIn: Partial<Draft> = {
    ...(name ? { name } : {}),
    ...(use ? { use } : {}),
    ...text("description", clean(first(query, "description"), TEXT_LENGTH)),
    ...text("contact", clean(first(query, "contact"), NAME_LENGTH)),
    ...(applications.length > 0 ? { applications: [...new Set(applications)], several: applications.length > 1 } : {}),
    ...(first(query, "application") === "all" && facts.limits?.applications === "all"
      ? { applications: "all" as const, several: true }
      : {}),
    ...(first(query, "access") === "write" && facts.limits?.access === "write" ? { access: "write" as const } : {}),
    ...(expiry ? { expiry } : {}),
    ...(networks.length > 0 ? { from: "networks" as const, networks: [...new Set(networks)] } : {}),
  };
  return { draft: { ...empty, ...filledIn }, filled: Object.keys(filledIn).length > 0 };
}

const text = (key: "description" | "contact", value: string): Partial<Draft> => (value ? { [key]: value } : {});

function expiryOf(wish: string | undefined, { limits }: TokenFormFacts): Expiry | null {
  if (!wish || !limits) return null;
  if (wish === "never") return limits.maxLifetimeDays === null ? { kind: "never" } : null;
  const days = /^([1-9]\d{0,3})d$/.exec(wish)?.[1];
  if (days === undefined) return null;
  const wanted = Number(days);
  return limits.maxLifetimeDays !== null && wanted > limits.maxLifetimeDays ? null : { kind: "days", days: wanted };
}
