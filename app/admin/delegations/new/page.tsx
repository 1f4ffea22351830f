import type { Metadata } from "next";
import { DelegationForm } from "#components/delegations/delegation-form";
import { PageHead } from "#components/ui/page-head";
import { readDelegationForm } from "#lib/delegations/queries-page";
import { readReader } from "../../../reader";
import { signedInPage } from "../../../signed-in-page";

export const metadata: Metadata = { title: "New delegation" };

export default signedInPage({
  path: "/admin/delegations/new",
  may: "delegations.write",
  find: ({ viewer }) => readDelegationForm(viewer),
  here: "delegations",
  draw: async ({ found }) => (
    <>
      <PageHead
        title="New delegation"
        crumb={{ href: "/admin/delegations", label: "Delegations" }}
        help="/help#new-delegation"
      />
      <DelegationForm delegation={null} offered={found} reader={await readReader()} />
    </>
  ),
});
