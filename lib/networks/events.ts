import { changes } from "#lib/audit/changes";
import { defineEvents, event } from "#lib/audit/define";
import { few, texts, when } from "#lib/audit/words";
import type { NetworkView } from "./view";

/** What can happen to networks. */
export const NETWORK_EVENTS = defineEvents("network", {
  "network.created": event<null, NetworkView>(
    ({ subject, after }) =>
      `created the network ${subject}${when(few(texts(after?.ranges)), (ranges) => `: ${ranges}`)}`,
  ),
  "network.edited": event<NetworkView, NetworkView>(
    ({ subject, before, after }) =>
      `changed the network ${subject}${changes(before, after, { name: "name", ranges: "ranges" })}`,
  ),
  "network.deleted": event<NetworkView, null>(({ subject }) => `deleted the network ${subject}`),
});
