import type { TokenFormFacts } from "#lib/tokens/making/form-facts";
import type { TokenView } from "#lib/tokens/view";
import type { Reader } from "../../ui/time-words";
import { type Draft, fromIsOpen, nameOf, rangesOf } from "./draft";
import { expiresAt } from "./expiry";
import { type Told, textOf, tokenSentence } from "./sentence";

/** What has been answered so far, for the sentence that says it. */
export function toldOf(draft: Draft, facts: TokenFormFacts, reader: Reader): Told {
  return {
    holder: facts.holder,
    name: nameOf(draft, facts.applications),
    applications: draft.applications,
    access: draft.access,
    ipRanges: fromIsOpen(draft) ? null : rangesOf(draft),
    networks: facts.networks.map((each) => each.name),
    expiresAt: facts.limits ? expiresAt(draft.expiry, facts.limits, reader) : undefined,
  };
}

/** What a token that exists may, said by its applications and networks as the form knows them. */
export function saidOf(
  token: TokenView,
  { holder, applications, networks }: Pick<TokenFormFacts, "holder" | "applications" | "networks">,
  reader: Reader,
): string {
  const told = {
    ...token,
    holder,
    name: "It",
    networks: networks.map((each) => each.name),
    expiresAt: token.expiresAt === null ? null : Date.parse(token.expiresAt),
  };
  return textOf(tokenSentence(told, applications, reader));
}
