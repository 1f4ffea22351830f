import type { Metadata } from "next";
import { AboutTokens } from "#components/help/about-tokens";
import { CHAPTERS } from "#components/help/chapters";
import { ForAdministrators } from "#components/help/for-administrators";
import { HelpPage } from "#components/help/help-page";
import { PortalRefusals } from "#components/help/portal-refusals";
import { sampleFacts } from "#components/help/sample-facts";
import { UsingTokens } from "#components/help/using-tokens";
import { YourAccount } from "#components/help/your-account";
import { applicationNames } from "#lib/applications/queries";
import { HelpFrame } from "../help-frame";
import { currentViewer } from "../require-viewer";

export const metadata: Metadata = { title: "How to use tokens" };

/** For everybody, signed in or not; who is signed in finds their own host and username filled in. */
export default async function Help() {
  const viewer = await currentViewer();
  const facts = sampleFacts(viewer && { username: viewer.username, applications: await applicationNames(viewer) });
  return (
    <HelpFrame viewer={viewer}>
      <HelpPage
        title="How to use tokens"
        sentence="What a token is, how to make one, and how to send it from the tools you use."
        chapters={CHAPTERS}
        more={{ href: "/help/refusals", label: "Why was I refused?" }}
      >
        <AboutTokens />
        <UsingTokens facts={facts} />
        <YourAccount />
        <ForAdministrators />
        <PortalRefusals />
      </HelpPage>
    </HelpFrame>
  );
}
