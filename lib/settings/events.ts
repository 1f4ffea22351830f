import { changes } from "#lib/audit/changes";
import { defineEvents, event } from "#lib/audit/define";
import { text, when, wordFor } from "#lib/audit/words";
import type { SettingsView } from "./view";

const AUDIENCES = {
  group: "members of api-users",
  request: "everyone, on request",
  "everyone-read": "everyone, read only",
};

const LABELS = {
  ranges: "address ranges",
  ownerRate: "rate of owners",
  failureRate: "failures of an address",
  ceiling: "ceiling",
  tokenPrefix: "prefix of secrets",
  retiredPrefixes: "retired prefixes",
};

/** What can happen to the installation as a whole. */
export const INSTALLATION_EVENTS = defineEvents("installation", {
  "installation.created": event<null, { readonly url: string }>(() => "set up this installation"),
  "installation.edited": event<SettingsView, SettingsView>(
    ({ before, after }) => `changed the settings${changes(before, after, LABELS)}`,
  ),
  "setup.opened": event<null, { readonly until: string }>(() => "opened the set-up for an hour, with a new link"),
  "setup.completed": event<null, { readonly admin: string; readonly audience: keyof typeof AUDIENCES }>(
    ({ after }) =>
      `made ${text(after?.admin) || "somebody"} the first administrator${when(wordFor(AUDIENCES, text(after?.audience)), (audience) => `; who may have tokens: ${audience}`)}`,
  ),
});
