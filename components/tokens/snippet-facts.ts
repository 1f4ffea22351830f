import { LATCHKEY } from "#lib/applications/application";
import type { TokenFormFacts } from "#lib/tokens/form-facts";
import type { TokenView } from "#lib/tokens/view";
import type { SnippetFacts } from "./snippets";

/** Where nothing better is known; nobody owns it (RFC 2606). */
const PLACEHOLDER = "jira.example.com";

/** What may stand in a URL as host and context path without quoting. */
const PLAIN_HOST = /^[A-Za-z0-9.:[\]-]+(\/[\w./~-]*)?$/;

/**
 * What the snippets of a token are filled with: the first application it reaches.
 * @param username of the token's owner
 */
export function snippetFacts(
  token: Pick<TokenView, "applications">,
  secret: string,
  username: string,
  known: TokenFormFacts["applications"],
): SnippetFacts {
  const reached = known.filter(({ key }) =>
    token.applications === "all" ? key !== LATCHKEY : token.applications.includes(key),
  );
  const first = reached.find(({ host }) => PLAIN_HOST.test(host)) ?? reached[0];
  const host = first && PLAIN_HOST.test(first.host) ? first.host.replace(/\/+$/, "") : PLACEHOLDER;
  return { kind: first?.kind ?? "generic", host, username, secret };
}
