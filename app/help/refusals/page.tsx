import type { Metadata } from "next";
import { PastForm } from "#components/explain/past-form";
import { HelpPage } from "#components/help/help-page";
import { otherPages } from "#components/help/pages";
import { refusalSections } from "#components/help/refusal-sections";
import { Refusals } from "#components/help/refusals";
import { HelpFrame } from "../../help-frame";
import { currentViewer } from "../../require-viewer";

export const metadata: Metadata = { title: "Why was I refused?" };

export default async function RefusalsPage() {
  const viewer = await currentViewer();
  return (
    <HelpFrame viewer={viewer}>
      <HelpPage
        title="Why was I refused?"
        sentence="What a refusal at an application means and what to do. Its answer carries a request id: quote it when you ask an administrator."
        chapters={refusalSections()}
        more={otherPages("/help/refusals")}
      >
        {viewer && (
          <div className="mb-6">
            <PastForm requestId="" id="request-id" />
          </div>
        )}
        <Refusals />
      </HelpPage>
    </HelpFrame>
  );
}
