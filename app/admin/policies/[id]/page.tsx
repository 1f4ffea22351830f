import type { Metadata } from "next";
import { KeepTyped } from "#components/api/keep-typed";
import { DeleteRule } from "#components/policies/delete-rule";
import { TierForm } from "#components/policies/tier-form";
import { membersInWords, tierSentence } from "#components/policies/tier-words";
import { PageHead } from "#components/ui/page-head";
import { can } from "#lib/access/can";
import { findTier } from "#lib/policies/queries-tiers";
import { readReader } from "../../../reader";
import { signedInPage } from "../../../signed-in-page";

export const metadata: Metadata = { title: "Tier" };

export default signedInPage({
  path: "/admin/policies/[id]",
  may: "policies.read",
  find: ({ viewer, params }) => findTier(viewer, params.id),
  here: "policies",
  draw: async ({ viewer, found: { policy, offered } }) => {
    const reader = await readReader();
    const mayWrite = can(viewer, "policies.write");
    const crumb = { href: "/admin/policies", label: "Policies" };
    const sentence = `${policy.name} ${membersInWords(policy.members)} ${tierSentence(policy)}`;
    return (
      <>
        <PageHead title={policy.name} sentence={sentence} crumb={crumb} help="/help#policy" />
        {mayWrite && (
          <>
            <KeepTyped of={policy}>
              <TierForm policy={policy} offered={offered} reader={reader} />
            </KeepTyped>
            <DeleteRule rule={policy} of="policy" reader={reader} />
          </>
        )}
      </>
    );
  },
});
