import type { KnownApplication } from "#lib/applications/known";
import { snippetFacts } from "../tokens/secret/snippet-facts";
import type { SnippetFacts } from "../tokens/secret/snippets";

/** What stands where a secret would: the help never has one. */
export const PLACEHOLDER_SECRET = "lk_YOUR_TOKEN";

type Known = { username: string; applications: readonly KnownApplication[] } | null;

/** The samples of the help with the reader's own host and username, where they are signed in. */
export function sampleFacts(reader: Known): SnippetFacts {
  const facts = snippetFacts(
    { applications: "all" },
    PLACEHOLDER_SECRET,
    reader?.username ?? "your.username",
    reader?.applications ?? [],
    null,
  );
  return reader?.applications.some((each) => each.key !== "latchkey") ? facts : { ...facts, kind: "jira" };
}
