import { LATCHKEY } from "#lib/applications/application";
import type { KnownApplication } from "#lib/applications/known";
import type { TokenView } from "#lib/tokens/view";
import type { SnippetFacts } from "./snippets";

/** Where nothing better is known; nobody owns it (RFC 2606). */
const PLACEHOLDER = "https://jira.example.com";

/** What may stand in a URL as host and context path without quoting. */
const PLAIN_HOST = /^[A-Za-z0-9.:[\]-]+(\/[\w./~-]*)?$/;

type Known = readonly KnownApplication[];

/**
 * What the snippets of a token are filled with: the first application it reaches. Applications are addressed by https;
 * the portal by the address at which it is being looked at.
 * @param username of the token's owner
 * @param portal the portal's own origin, null where it is not known
 */
export function snippetFacts(
  token: Pick<TokenView, "applications">,
  secret: string,
  username: string,
  known: Known,
  portal: string | null,
): SnippetFacts {
  const reached = known.filter(({ key }) =>
    token.applications === "all" ? key !== LATCHKEY : token.applications.includes(key),
  );
  const first = reached.find(({ host }) => PLAIN_HOST.test(host)) ?? reached[0];
  const host = first && PLAIN_HOST.test(first.host) ? `https://${first.host.replace(/\/+$/, "")}` : PLACEHOLDER;
  if (first?.key === LATCHKEY) return { kind: "latchkey", base: portal ?? host, username, secret };
  return { kind: first?.kind ?? "generic", base: host, username, secret };
}
