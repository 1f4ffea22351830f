import type { Metadata } from "next";
import { GroupForm } from "#components/groups/group-form";
import { PageHead } from "#components/ui/page-head";
import { nothingToFind, signedInPage } from "../../../signed-in-page";

export const metadata: Metadata = { title: "New group" };

export default signedInPage({
  path: "/admin/groups/new",
  may: "groups.write",
  find: nothingToFind,
  here: "people",
  draw: () => (
    <>
      <PageHead
        title="New group"
        sentence="Empty at first, and it gives nothing until a tier, a delegation or a role names it."
        crumb={{ href: "/admin/groups", label: "Groups" }}
        help="/help#new-group"
      />
      <GroupForm group={null} />
    </>
  ),
});
