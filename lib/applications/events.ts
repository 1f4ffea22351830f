import { changes } from "#lib/audit/changes";
import { defineEvents, event } from "#lib/audit/define";
import { few, text, texts, when } from "#lib/audit/words";
import type { ApplicationView } from "./view";

const FIELDS = {
  name: "name",
  routes: "routes",
  rules: "rule for",
  identity: "identity",
  credentials: "credentials by",
  usernames: "usernames by",
  paths: "paths",
  exceptions: "exception for",
  readPacks: "read packs",
  pathFilter: "path filter",
  webSocket: "WebSocket",
  preflight: "preflight",
  introspectRestricted: "introspection of restricted tokens",
};

/** That its connection is about to be tried: where, and which address of its own was knocked at. */
type Tried = { readonly url: string; readonly upstream: string | null };

/** What became of that: the probes by their outcome. */
type Found = {
  readonly url: string;
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  readonly unknown: readonly string[];
};

/** What can happen to applications. */
export const APPLICATION_EVENTS = defineEvents("application", {
  "application.created": event<null, ApplicationView>(({ subject }) => `created the application ${subject}`),
  "application.edited": event<ApplicationView, ApplicationView>(
    ({ subject, before, after }) => `changed the application ${subject}${changes(before, after, FIELDS)}`,
  ),
  "application.deleted": event<ApplicationView, null>(({ subject }) => `deleted the application ${subject}`),
  "application.probing-begun": event<null, Tried>(
    ({ subject, after }) =>
      `began to try how ${subject} is connected${when(text(after?.url), (url) => `, at ${url}`)}${when(text(after?.upstream), (door) => ` and ${door}`)}`,
  ),
  "application.probed": event<null, Found>(
    ({ subject, after }) =>
      `tried how ${subject} is connected: ${texts(after?.passed).length} passed, ${texts(after?.failed).length} failed${when(few(texts(after?.failed)), (which) => ` (${which})`)}`,
  ),
});
