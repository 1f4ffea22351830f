import { ApiObjects, ApiOperations, chapterHref } from "#components/help/api/api-chapters";
import { HowToUse } from "#components/help/how-to-use";
import { titleOf } from "#components/help/pages";
import { Refusals } from "#components/help/refusals";
import { type Found, findInHelp, type Searched } from "#components/help/search/find";
import { passagesOf } from "#components/help/search/passages";
import type { SnippetFacts } from "#components/tokens/secret/snippets";
import { env } from "#lib/env";
import { apiHelp } from "../api/description/help";

const searched = (href: string, page: string, help: React.ReactNode): Searched => ({
  href,
  page,
  passages: passagesOf(help),
});

function apiPages(): Searched[] {
  const page = titleOf("/help/api");
  const { chapters, objects } = apiHelp(env().url, "your.username");
  return [
    ...chapters.map((chapter) => searched(chapterHref(chapter.id), page, <ApiOperations {...chapter} />)),
    searched(chapterHref("objects"), page, <ApiObjects objects={objects} />),
  ];
}

// The same for everybody, and long: read once. Names of readers stand in samples only, and nobody searches for their own.
let same: readonly Searched[] | null = null;

const sameForAll = (): readonly Searched[] => {
  same ??= [searched("/help/refusals", titleOf("/help/refusals"), <Refusals />), ...apiPages()];
  return same;
};

/** Looks through every page of the help, as this reader sees it. */
export function findInAllHelp(q: string, facts: SnippetFacts): Found[] {
  return findInHelp(q, [
    searched("/help", titleOf("/help"), <HowToUse facts={facts} portal={env().url} kept={env().retention} />),
    ...sameForAll(),
  ]);
}
