import { ApiChapters } from "#components/help/api/api-chapters";
import { HowToUse } from "#components/help/how-to-use";
import { type HelpHref, titleOf } from "#components/help/pages";
import { Refusals } from "#components/help/refusals";
import { type Found, findInHelp, type Searched } from "#components/help/search/find";
import { passagesOf } from "#components/help/search/passages";
import type { SnippetFacts } from "#components/tokens/secret/snippets";
import { env } from "#lib/env";
import { apiHelp } from "../api/description/help";

const searched = (href: HelpHref, help: React.ReactNode): Searched => {
  return { href, page: titleOf(href), passages: passagesOf(help) };
};

/** Looks through every page of the help, as this reader sees it. */
export function findInAllHelp(q: string, facts: SnippetFacts): Found[] {
  return findInHelp(q, [
    searched("/help", <HowToUse facts={facts} />),
    searched("/help/refusals", <Refusals />),
    searched("/help/api", <ApiChapters {...apiHelp(env().url, facts.username)} />),
  ]);
}
