import type { Metadata } from "next";
import { NewApplication } from "#components/applications/new-application";
import { PageHead } from "#components/ui/page-head";
import { nothingToFind, signedInPage } from "../../../signed-in-page";

export const metadata: Metadata = { title: "Connect an application" };

export default signedInPage({
  path: "/admin/applications/new",
  may: "applications.write",
  find: nothingToFind,
  here: "applications",
  draw: () => (
    <>
      <PageHead
        title="Connect an application"
        crumb={{ href: "/admin/applications", label: "Applications" }}
        help="/help#connect"
      />
      <NewApplication />
    </>
  ),
});
