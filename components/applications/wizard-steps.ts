import type { ApplicationKind } from "#lib/applications/application";
import { KINDS } from "./application-words";

/** What the wizard asks, in order; the last is a page of its own. */
export const STEPS = ["What is it", "Hosts", "Identity", "Rules", "Configuration"] as const;

const RULES = [
  ...["rules", "exceptions", "credentials", "usernames", "paths", "readPacks", "pathFilter", "webSocket", "preflight"],
  "introspectRestricted",
];

const FIELDS: readonly (readonly string[])[] = [["key", "name", "kind"], ["routes"], ["identity"], RULES];

/** The step on which the first refused field stands; null where none of them is to blame. */
export function stepOfProblem(paths: readonly string[]): number | null {
  const steps = paths.map((path) => FIELDS.findIndex((names) => names.some((name) => path.split(".")[0] === name)));
  const known = steps.filter((step) => step >= 0);
  return known.length === 0 ? null : Math.min(...known);
}

/** What most people call a product of this kind; nothing for what has no name of its own. */
export const suggestedName = (kind: ApplicationKind): string => (kind === "generic" ? "" : KINDS[kind]);

/** A key that a name suggests: *Jira (old)* → *jira-old*; what is left of other alphabets may be nothing. */
export const suggestedKey = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replace(/^-+|-+$/g, "");
