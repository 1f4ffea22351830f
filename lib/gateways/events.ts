import { changes } from "#lib/audit/changes";
import { defineEvents, event } from "#lib/audit/define";
import type { GatewayView } from "./view";

const FIELDS = {
  adapter: "adapter",
  applications: "applications",
  peers: "addresses it calls from",
  trustedHops: "trusted hops",
  trustedRanges: "trusted ranges",
};

type Overlap = { readonly previousUntil: string | null };

/** What can happen to gateways. */
export const GATEWAY_EVENTS = defineEvents("gateway", {
  "gateway.created": event<null, GatewayView>(({ subject }) => `created the gateway ${subject}`),
  "gateway.edited": event<GatewayView, GatewayView>(
    ({ subject, before, after }) => `changed the gateway ${subject}${changes(before, after, FIELDS)}`,
  ),
  "gateway.deleted": event<GatewayView, null>(({ subject }) => `deleted the gateway ${subject}`),
  "gateway.secret-rotated": event<Overlap, Overlap>(({ subject }) => `gave the gateway ${subject} a new secret`),
});
