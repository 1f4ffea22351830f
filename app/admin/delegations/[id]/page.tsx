import type { Metadata } from "next";
import { KeepTyped } from "#components/api/keep-typed";
import { DelegationForm } from "#components/delegations/delegation-form";
import { delegationSentence } from "#components/delegations/delegation-words";
import { DeleteRule } from "#components/policies/delete-rule";
import { PageHead } from "#components/ui/page-head";
import { can } from "#lib/access/can";
import { findDelegation } from "#lib/delegations/queries-page";
import { readReader } from "../../../reader";
import { signedInPage } from "../../../signed-in-page";

export const metadata: Metadata = { title: "Delegation" };

export default signedInPage({
  path: "/admin/delegations/[id]",
  may: "delegations.read",
  find: ({ viewer, params }) => findDelegation(viewer, params.id),
  here: "delegations",
  draw: async ({ viewer, found: { delegation, offered } }) => {
    const reader = await readReader();
    const crumb = { href: "/admin/delegations", label: "Delegations" };
    return (
      <>
        <PageHead
          title={delegation.name}
          sentence={delegationSentence(delegation)}
          crumb={crumb}
          help="/help#delegation"
        />
        {can(viewer, "delegations.write") && (
          <>
            <KeepTyped of={delegation}>
              <DelegationForm delegation={delegation} offered={offered} reader={reader} />
            </KeepTyped>
            <DeleteRule rule={delegation} of="delegation" reader={reader} />
          </>
        )}
      </>
    );
  },
});
