import type { Chapter } from "./contents";

/** The sections of the help, in order; test and pages hold on to these anchors. */
export const CHAPTERS: readonly Chapter[] = [
  { id: "what", title: "What an API token is" },
  { id: "my-tokens", title: "My tokens" },
  { id: "new-token", title: "Making a token" },
  { id: "token", title: "Rotating, suspending, revoking" },
  { id: "editing", title: "Editing a token" },
  { id: "tiers", title: "What you may create" },
  { id: "use", title: "In a script" },
  { id: "git", title: "With git" },
  { id: "platforms", title: "Zapier, Make" },
  { id: "clients", title: "Atlassian clients" },
  { id: "account", title: "Your account" },
  { id: "second-factor", title: "Second factor" },
  { id: "overview", title: "Overview" },
  { id: "manager", title: "Token manager" },
  { id: "people", title: "People, service accounts" },
  { id: "groups", title: "Groups and roles" },
  { id: "networks", title: "Networks" },
  { id: "audit", title: "Audit log" },
  { id: "applications", title: "Applications" },
  { id: "gateways", title: "Gateways" },
  { id: "explain", title: "Explain" },
  { id: "connect", title: "Connecting an application" },
  { id: "errors", title: "When the portal refuses" },
];
