import type { TokenFormFacts } from "#lib/tokens/making/form-facts";
import type { Reader } from "../../ui/time-words";
import { type Draft, fromIsOpen, nameOf, rangesOf } from "./draft";
import { expiresAt } from "./expiry";
import type { Told } from "./sentence";

/** What has been answered so far, for the sentence that says it. */
export function toldOf(draft: Draft, facts: TokenFormFacts, reader: Reader): Told {
  return {
    name: nameOf(draft, facts.applications),
    applications: draft.applications,
    access: draft.access,
    ipRanges: fromIsOpen(draft) ? null : rangesOf(draft),
    networks: facts.networks.map((each) => each.name),
    expiresAt: facts.limits ? expiresAt(draft.expiry, facts.limits, reader) : undefined,
  };
}
