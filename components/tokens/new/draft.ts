import type { Access, Applications } from "#lib/policies/limits";
import type { TokenFormFacts } from "#lib/tokens/making/form-facts";
import type { Reader } from "../../ui/time-words";
import { nothingTyped, restrictionsTyped, type TypedRestrictions } from "../restrictions/typed";
import { type ApplicationName, applicationWords } from "../token-words";
import { type Expiry, expiresAt, presetExpiry } from "./expiry";

export type Use = "script" | "ci" | "git" | "cloud" | "bi";
export type From = "anywhere" | "networks" | "ranges";

/** What has been answered so far on *New token*. Names are suggested until one is typed (`name: null`). */
export type Draft = {
  readonly use: Use | null;
  readonly name: string | null;
  readonly description: string;
  readonly applications: Applications;
  readonly several: boolean;
  readonly access: Access;
  readonly expiry: Expiry;
  readonly from: From;
  readonly networks: readonly string[];
  readonly ranges: string;
  readonly contact: string;
  readonly labels: string;
  readonly narrowing: TypedRestrictions;
};

const SUGGESTIONS: Record<Use, (application: string) => string> = {
  script: (application) => `Script for ${application}`,
  ci: (application) => `CI job for ${application}`,
  git: (application) => `git over HTTPS, ${application}`,
  cloud: (application) => `Cloud platform with ${application}`,
  bi: (application) => `Report from ${application}`,
};

/** The name that will be given: the typed one, else the suggested one, else none. */
export function nameOf(draft: Pick<Draft, "name" | "use" | "applications">, known: readonly ApplicationName[]): string {
  if (draft.name !== null) return draft.name;
  const words = draft.applications === "all" ? "all applications" : applicationWords(draft.applications, known);
  return draft.use === null || draft.applications.length === 0 ? "" : SUGGESTIONS[draft.use](words);
}

/** Whether the tier lets a token be made for an application. */
export const mayReach = (facts: TokenFormFacts, key: string): boolean =>
  facts.limits !== null && (facts.limits.applications === "all" || facts.limits.applications.includes(key));

const presetFrom = (facts: TokenFormFacts): From =>
  facts.limits?.requireRanges ? (facts.networks.length > 0 ? "networks" : "ranges") : "anywhere";

/** The form as it opens: only reading, the default lifetime, and an application only where there is no choice. */
export function emptyDraft(facts: TokenFormFacts): Draft {
  const reachable = facts.applications.filter((each) => mayReach(facts, each.key));
  const only = reachable.length === 1 ? reachable[0] : undefined;
  return {
    use: null,
    name: null,
    description: "",
    applications: only ? [only.key] : [],
    several: false,
    access: "read",
    expiry: facts.limits ? presetExpiry(facts.limits) : { kind: "days", days: 30 },
    from: presetFrom(facts),
    networks: [],
    ranges: "",
    contact: "",
    labels: "",
    narrowing: nothingTyped(""),
  };
}

/** Parts of a text field that holds several things, separated by commas or lines. */
export const partsOf = (text: string): string[] =>
  [...new Set(text.split(/[,\n]/).map((part) => part.trim()))].filter(Boolean);

export const rangesOf = (draft: Pick<Draft, "from" | "networks" | "ranges">): readonly string[] =>
  draft.from === "networks" ? draft.networks : draft.from === "ranges" ? partsOf(draft.ranges) : [];

/** Narrowing was chosen, but not to what: this must never pass as *anywhere*. */
export const fromIsOpen = (draft: Pick<Draft, "from" | "networks" | "ranges">): boolean =>
  draft.from !== "anywhere" && rangesOf(draft).length === 0;

/** What narrows it further, as far as anything was typed; a rate that was not is the tier's highest. */
function narrowingOf({ narrowing }: Draft, { zone }: Reader): Record<string, unknown> {
  const typed = restrictionsTyped({ ...narrowing, zone: narrowing.zone.trim() || zone });
  const isSaid = (value: unknown) => (Array.isArray(value) ? value.length > 0 : value !== null);
  return Object.fromEntries(Object.entries(typed).filter(([, value]) => isSaid(value)));
}

/** What is sent to `POST /api/v1/tokens`. What was left open is left out, so that the server says what is missing. */
export function bodyOf(draft: Draft, facts: TokenFormFacts, reader: Reader): Record<string, unknown> {
  const ends = facts.limits ? expiresAt(draft.expiry, facts.limits, reader) : undefined;
  return {
    name: nameOf(draft, facts.applications).trim(),
    description: draft.description.trim(),
    applications: draft.applications,
    access: draft.access,
    ...(ends === undefined ? {} : { expiresAt: ends === null ? null : new Date(ends).toISOString() }),
    ipRanges: rangesOf(draft),
    ...(draft.contact.trim() ? { contact: draft.contact.trim() } : {}),
    ...(partsOf(draft.labels).length > 0 ? { labels: partsOf(draft.labels) } : {}),
    ...narrowingOf(draft, reader),
  };
}
