/** The people of the demo, small enough to remember. `password`: they sign in. */
export const PEOPLE = [
  { username: "ines.okafor", displayName: "Ines Okafor", groups: ["admins"], is: "administrator" },
  { username: "otto.brandt", displayName: "Otto Brandt", groups: ["auditors"], is: "auditor" },
  {
    username: "mara.lindqvist",
    displayName: "Mara Lindqvist",
    groups: ["api-users", "team-leads", "developers"],
    is: "leads a team",
  },
  { username: "tomasz.wojcik", displayName: "Tomasz Wójcik", groups: ["api-users", "developers"], is: "developer" },
  { username: "juno.park", displayName: "Juno Park", groups: ["interns"], is: "intern: reads, a week at most" },
  { username: "lena.fischer", displayName: "Lena Fischer", groups: ["api-users"], is: "has left" },
] as const;

export const SERVICE_ACCOUNTS = [
  { username: "ci-builds", displayName: "Builds", maintainers: { users: ["mara.lindqvist"], groups: [] } },
  { username: "status-board", displayName: "Status board", maintainers: { users: [], groups: ["developers"] } },
] as const;

/** Groups besides those of every fresh installation, before the people who are in them. */
export const GROUPS = [
  { name: "auditors", role: "auditor" },
  { name: "developers", role: null },
  { name: "team-leads", role: null },
  { name: "interns", role: null },
] as const;

export const NETWORKS = [
  { name: "office", ranges: ["192.0.2.0/24"] },
  { name: "ci", ranges: ["198.51.100.0/24"] },
] as const;

export const APPLICATIONS = [
  { key: "jira", name: "Jira", kind: "jira", routes: [{ host: "jira.example.com" }] },
  { key: "confluence", name: "Confluence", kind: "confluence", routes: [{ host: "wiki.example.com" }] },
  { key: "bitbucket", name: "Bitbucket", kind: "bitbucket", routes: [{ host: "git.example.com" }] },
  // Written by themselves: it verifies an assertion, and has no log-in of its own.
  { key: "rota", name: "Duty rota", kind: "generic", identity: "jwt", routes: [{ host: "rota.example.com" }] },
] as const;

export const GATEWAY = "front";

const NEEDED = { applications: "all", maxActive: 5 } as const;

export const INTERNS = {
  ...{ name: "Interns", priority: 200, members: { groups: ["interns"] }, use: true, create: "yes" },
  own: { ...NEEDED, access: "read", maxLifetimeDays: 7, defaultLifetimeDays: 7 },
} as const;

export const TEAM_LEADS = {
  ...{ name: "Team leads", delegates: ["team-leads"], powers: ["issue", "end"] },
  scope: { groups: ["developers"] },
  issue: { ...NEEDED, access: "write", maxLifetimeDays: 90, defaultLifetimeDays: 30 },
} as const;
