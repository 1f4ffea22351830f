import type { Metadata } from "next";
import { TierForm } from "#components/policies/tier-form";
import { PageHead } from "#components/ui/page-head";
import { readLimitsForm } from "#lib/policies/queries-tiers";
import { readReader } from "../../../reader";
import { signedInPage } from "../../../signed-in-page";

export const metadata: Metadata = { title: "New tier" };

export default signedInPage({
  path: "/admin/policies/new",
  may: "policies.write",
  find: ({ viewer }) => readLimitsForm(viewer),
  here: "policies",
  draw: async ({ found }) => (
    <>
      <PageHead title="New tier" crumb={{ href: "/admin/policies", label: "Policies" }} help="/help#new-policy" />
      <TierForm policy={null} offered={found} reader={await readReader()} />
    </>
  ),
});
