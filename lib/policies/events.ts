import { defineEvents, event } from "#lib/audit/define";
import type { PolicyView } from "./view";

/** What can happen to tiers. */
export const POLICY_EVENTS = defineEvents("policy", {
  "policy.created": event<null, PolicyView>(({ subject }) => `created the tier ${subject}`),
  "policy.edited": event<PolicyView, PolicyView>(({ subject }) => `changed the tier ${subject}`),
  "policy.moved": event<{ readonly priority: number }, { readonly priority: number }>(
    ({ subject }) => `moved the tier ${subject} to another place`,
  ),
  "policy.deleted": event<PolicyView, null>(({ subject }) => `deleted the tier ${subject}`),
});
