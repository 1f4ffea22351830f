import type { TokenView } from "#lib/tokens/view";
import { snippetFacts } from "./snippet-facts";

type Known = Parameters<typeof snippetFacts>[3];

/** Where a token's first application is found; for the `.env` file of a rotated secret. */
export const baseOf = (token: Pick<TokenView, "applications">, known: Known): string =>
  snippetFacts(token, "", "", known, null).base;
