import type { TokenView } from "#lib/tokens/view";

/** Under whose power a token stands, in one sentence. */
export function grantWords({ by, name, grantor }: TokenView["grant"]): string {
  if (by === "tier")
    return name === null ? "The owner’s tier, and today they have none" : `Tier ${name}, the owner’s of today`;
  if (name === null) return "A delegation that exists no more";
  return `Delegation ${name}${grantor === null ? "" : `, granted by ${grantor}`}`;
}
