import { defineEvents, event } from "#lib/audit/define";
import { quoted } from "#lib/audit/words";
import type { SavedView } from "./view";

/** What can happen to saved views. */
export const VIEW_EVENTS = defineEvents("view", {
  "view.saved": event<null, SavedView>(({ subject }) => `saved the view ${quoted(subject)}`),
  "view.deleted": event<SavedView, null>(({ subject }) => `deleted the view ${quoted(subject)}`),
});
