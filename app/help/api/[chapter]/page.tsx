import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ApiObjects, ApiOperations, chapterHref } from "#components/help/api/api-chapters";
import { HelpPage } from "#components/help/help-page";
import { env } from "#lib/env";
import { apiHelp } from "../../../api/description/help";
import { HelpFrame } from "../../../help-frame";
import { currentViewer } from "../../../require-viewer";

type Props = { params: Promise<{ chapter: string }> };

const OBJECTS = { id: "objects", title: "Objects" };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { chapter } = await params;
  const { chapters } = apiHelp(env().url, "");
  const title = [...chapters, OBJECTS].find(({ id }) => id === chapter)?.title;
  return { title: title === undefined ? "Not found" : `${title}: the API` };
}

/** A chapter of the description of the API, for everybody: all at once would be long to load and to find one's way in. */
export default async function ApiChapterPage({ params }: Props) {
  const viewer = await currentViewer();
  const wanted = (await params).chapter;
  const { chapters, objects } = apiHelp(env().url, viewer?.username ?? "your.username");
  const chapter = chapters.find(({ id }) => id === wanted);
  if (chapter === undefined && wanted !== OBJECTS.id) notFound();
  const here = chapter
    ? chapter.operations.map(({ anchor, does }) => ({ id: anchor, title: does }))
    : objects.map(({ name }) => ({ id: `object-${name}`, title: name }));
  const others = [...chapters, OBJECTS].filter(({ id }) => id !== wanted);
  return (
    <HelpFrame viewer={viewer}>
      <HelpPage
        title="The API"
        sentence="Each operation with what it takes, answers and refuses."
        chapters={here}
        more={[
          { href: "/help/api", label: "The API: first steps" },
          ...others.map(({ id, title }) => ({ href: chapterHref(id), label: `The API: ${title}` })),
        ]}
      >
        {chapter ? <ApiOperations {...chapter} /> : <ApiObjects objects={objects} />}
      </HelpPage>
    </HelpFrame>
  );
}
