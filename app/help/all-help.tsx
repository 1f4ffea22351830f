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

// The same for everybody, and long: read once. Names of readers stand in samples only, and nobody searches for their own.
let same: readonly Searched[] | null = null;

const sameForAll = (): readonly Searched[] => {
  same ??= [
    searched("/help/refusals", <Refusals />),
    searched("/help/api", <ApiChapters {...apiHelp(env().url, "your.username")} />),
  ];
  return same;
};

/** Looks through every page of the help, as this reader sees it. */
export function findInAllHelp(q: string, facts: SnippetFacts): Found[] {
  return findInHelp(q, [searched("/help", <HowToUse facts={facts} portal={env().url} />), ...sameForAll()]);
}
