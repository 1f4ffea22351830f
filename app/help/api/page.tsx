import type { Metadata } from "next";
import { ApiContents, chapterHref } from "#components/help/api/api-chapters";
import { FirstSteps } from "#components/help/api/first-steps";
import { HelpPage } from "#components/help/help-page";
import { otherPages } from "#components/help/pages";
import { PLACEHOLDER_SECRET } from "#components/help/sample-facts";
import { env } from "#lib/env";
import { apiHelp } from "../../api/description/help";
import { HelpFrame } from "../../help-frame";
import { currentViewer } from "../../require-viewer";

export const metadata: Metadata = { title: "The API" };

/** The description of the API for people, for everybody; who is signed in finds their own username filled in. */
export default async function ApiPage() {
  const viewer = await currentViewer();
  const [base, username] = [env().url, viewer?.username ?? "your.username"];
  const { chapters } = apiHelp(base, username);
  const contents = [{ id: "first-steps", title: "First steps" }, ...chapters];
  return (
    <HelpFrame viewer={viewer}>
      <HelpPage
        title="The API"
        sentence="Everything that the portal does, for scripts: each operation with what it takes, answers and refuses."
        chapters={contents}
        more={[{ href: chapterHref("objects"), label: "The API: Objects" }, ...otherPages("/help/api")]}
      >
        <FirstSteps facts={{ kind: "latchkey", base, username, secret: PLACEHOLDER_SECRET }} />
        <ApiContents chapters={chapters} />
      </HelpPage>
    </HelpFrame>
  );
}
