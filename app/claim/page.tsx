import type { Metadata } from "next";
import { ClaimForm } from "#components/tokens/claim/claim-form";
import { PageHead } from "#components/ui/page-head";
import { applicationNames } from "#lib/applications/queries";
import { readReader } from "../reader";
import { nothingToFind, signedInPage } from "../signed-in-page";

export const metadata: Metadata = { title: "Your token", referrer: "no-referrer" };

export default signedInPage({
  path: "/claim",
  may: "everybody",
  find: nothingToFind,
  here: "tokens",
  width: "narrow",
  draw: async ({ viewer }) => {
    const [applications, reader] = await Promise.all([applicationNames(viewer), readReader()]);
    return (
      <>
        <PageHead
          title="A token was made for you"
          sentence="Whoever sent you the link made it, and never sees its secret."
          help="/help#claim-links"
        />
        <ClaimForm username={viewer.username} applications={applications} reader={reader} />
      </>
    );
  },
});
