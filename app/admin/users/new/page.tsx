import type { Metadata } from "next";
import { single } from "#components/ui/list-address";
import { PageHead } from "#components/ui/page-head";
import { UserForm } from "#components/users/user-form";
import { applicationNames } from "#lib/applications/queries";
import { nothingToFind, signedInPage } from "../../../signed-in-page";

export const metadata: Metadata = { title: "New user" };

export default signedInPage({
  path: "/admin/users/new",
  may: "users.write",
  find: nothingToFind,
  here: "people",
  draw: async ({ viewer, query }) => {
    const kind = single(query.kind) === "service" ? "service" : "person";
    return (
      <>
        <PageHead
          title={kind === "person" ? "New person" : "New service account"}
          sentence={
            kind === "person"
              ? "Somebody who signs in here. Where a directory or an identity provider delivers people, they come by themselves."
              : "A program that is nobody’s. It cannot sign in; its maintainers look after its tokens."
          }
          crumb={{ href: "/admin/users", label: "People and groups" }}
          help="/help#new-person"
        />
        <UserForm user={null} kind={kind} applications={await applicationNames(viewer)} />
      </>
    );
  },
});
