import type { Metadata } from "next";
import { KeepTyped } from "#components/api/keep-typed";
import { PageHead } from "#components/ui/page-head";
import { UserForm } from "#components/users/user-form";
import { applicationNames } from "#lib/applications/queries";
import { userById } from "#lib/users/queries";
import { signedInPage } from "../../../../signed-in-page";

export const metadata: Metadata = { title: "Change user" };

export default signedInPage({
  path: "/admin/users/[id]/edit",
  may: "users.write",
  find: async ({ viewer, params }) => {
    const found = await userById(viewer, params.id);
    return found.ok ? found.value : null;
  },
  here: "people",
  draw: async ({ viewer, found: user }) => (
    <>
      <PageHead
        title={`Change ${user.username}`}
        crumb={{ href: `/admin/users/${user.id}`, label: user.username }}
        help="/help#edit-person"
      />
      <KeepTyped of={user}>
        <UserForm user={user} kind={user.kind} applications={await applicationNames(viewer)} />
      </KeepTyped>
    </>
  ),
});
