import { defineEvents, event } from "#lib/audit/define";
import { few, texts, when } from "#lib/audit/words";
import type { DelegationView } from "./view";

/** What can happen to delegations. */
export const DELEGATION_EVENTS = defineEvents("delegation", {
  "delegation.created": event<null, DelegationView>(
    ({ subject, after }) =>
      `created the delegation ${subject}${when(few(texts(after?.delegates)), (groups) => ` for ${groups}`)}`,
  ),
  "delegation.edited": event<DelegationView, DelegationView>(({ subject }) => `changed the delegation ${subject}`),
  "delegation.deleted": event<DelegationView, null>(({ subject }) => `deleted the delegation ${subject}`),
});
