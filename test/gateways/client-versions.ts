import type { ClientId } from "./table";

const installed = (name: string) => ["node", "-p", `require("./node_modules/${name}/package.json").version`] as const;

/** Of which version each client is, and what says so: docs/gateways.md prints the one, and a test asks the other. */
export const CLIENT_VERSIONS: Readonly<
  Record<ClientId, { readonly version: string; readonly told: readonly [program: string, ...args: string[]] }>
> = {
  git: { version: "2.39", told: ["git", "--version"] },
  jiraClient: { version: "8.2", told: installed("jira-client") },
  jiraJs: { version: "5.4", told: installed("jira.js") },
  bitbucket: { version: "2.12", told: installed("bitbucket-server-nodejs") },
  python: { version: "3.4", told: ["/usr/bin/python3", "-c", "import jira; print(jira.__version__)"] },
  curl: { version: "7.88", told: ["curl", "--version"] },
  radicale: { version: "3.1", told: ["radicale", "--version"] },
};
