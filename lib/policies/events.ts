import { defineEvents, event } from "#lib/audit/define";
import type { PolicyView } from "./view";

/** What can happen to tiers. */
export const POLICY_EVENTS = defineEvents("policy", {
  "policy.created": event<null, PolicyView>(({ subject }) => `created the tier ${subject}`),
});
