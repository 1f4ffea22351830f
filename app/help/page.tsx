import type { Metadata } from "next";
import { CHAPTERS } from "#components/help/chapters";
import { HelpPage } from "#components/help/help-page";
import { HowToUse } from "#components/help/how-to-use";
import { otherPages } from "#components/help/pages";
import { sampleFacts } from "#components/help/sample-facts";
import { HelpResults } from "#components/help/search/results";
import { applicationNames } from "#lib/applications/queries";
import { env } from "#lib/env";
import type { Query } from "../address";
import { HelpFrame } from "../help-frame";
import { currentViewer } from "../require-viewer";
import { findInAllHelp } from "./all-help";

export const metadata: Metadata = { title: "How to use tokens" };

/** What somebody looks for, as typed into the address: one text, and no more of it than anybody would read. */
const askedFor = ({ q }: Query): string => (typeof q === "string" ? q.trim().slice(0, 200) : "");

/** For everybody, signed in or not; who is signed in finds their own host and username filled in. */
export default async function Help({ searchParams }: { searchParams: Promise<Query> }) {
  const viewer = await currentViewer();
  const q = askedFor(await searchParams);
  const facts = sampleFacts(viewer && { username: viewer.username, applications: await applicationNames(viewer) });
  return (
    <HelpFrame viewer={viewer}>
      <HelpPage
        title="How to use tokens"
        sentence="What a token is, how to make one, and how to send it from the tools you use."
        chapters={q === "" ? CHAPTERS : []}
        more={q === "" ? otherPages("/help") : [{ href: "/help", label: "How to use tokens" }, ...otherPages("/help")]}
        q={q}
      >
        {q === "" ? (
          <HowToUse facts={facts} portal={env().url} kept={env().retention} />
        ) : (
          <HelpResults q={q} found={findInAllHelp(q, facts)} />
        )}
      </HelpPage>
    </HelpFrame>
  );
}
