import type { Metadata } from "next";
import { Simulator } from "#components/policies/simulator";
import { PageHead } from "#components/ui/page-head";
import { readLimitsForm } from "#lib/policies/queries-tiers";
import { signedInPage } from "../../../signed-in-page";

export const metadata: Metadata = { title: "Simulate" };

export default signedInPage({
  path: "/admin/policies/simulate",
  may: "policies.read",
  find: ({ viewer }) => readLimitsForm(viewer),
  here: "policies",
  draw: ({ found }) => (
    <>
      <PageHead
        title="Simulate"
        sentence="What the rules of today say to what somebody wants, and whose rule decides."
        crumb={{ href: "/admin/policies", label: "Policies" }}
        help="/help#policies"
      />
      <Simulator applications={found.applications} />
    </>
  ),
});
