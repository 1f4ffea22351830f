import { changes } from "#lib/audit/changes";
import { defineEvents, event } from "#lib/audit/define";
import type { ApplicationView } from "./view";

const FIELDS = {
  name: "name",
  routes: "routes",
  rules: "rule for",
  identity: "identity",
  credentials: "credentials by",
  usernames: "usernames by",
  paths: "paths",
};

/** What can happen to applications. */
export const APPLICATION_EVENTS = defineEvents("application", {
  "application.created": event<null, ApplicationView>(({ subject }) => `created the application ${subject}`),
  "application.edited": event<ApplicationView, ApplicationView>(
    ({ subject, before, after }) => `changed the application ${subject}${changes(before, after, FIELDS)}`,
  ),
  "application.deleted": event<ApplicationView, null>(({ subject }) => `deleted the application ${subject}`),
});
