import { createApplication } from "#lib/applications/commands/create";
import { editApplication } from "#lib/applications/commands/edit";
import { createDelegation } from "#lib/delegations/commands/create";
import { createGateway } from "#lib/gateways/commands/create";
import { createGroup } from "#lib/groups/commands/create";
import { createNetwork } from "#lib/networks/commands/create";
import { createPolicy } from "#lib/policies/commands/create";
import { createToken } from "#lib/tokens/commands/create";
import { issueToken } from "#lib/tokens/commands/issue";
import { revokeToken } from "#lib/tokens/commands/revoke";
import { rotateToken } from "#lib/tokens/commands/rotate";
import { suspendToken } from "#lib/tokens/commands/suspend";
import { createUser } from "#lib/users/commands/create";
import { deactivateUser } from "#lib/users/commands/deactivate";
import { APPLICATIONS, GATEWAY, GROUPS, INTERNS, NETWORKS, PEOPLE, SERVICE_ACCOUNTS, TEAM_LEADS } from "./cast";
import type { Stage } from "./stage";

/** What happened so many days ago. `at`: epoch milliseconds. */
export type Scene = { readonly daysAgo: number; readonly happens: (stage: Stage, at: number) => Promise<void> };

const DAY_MS = 86_400_000;
const inDays = (at: number, days: number) => new Date(at + days * DAY_MS).toISOString();

async function open(stage: Stage, at: number): Promise<void> {
  for (const group of GROUPS) await stage.operate(createGroup, group, at);
  for (const person of PEOPLE) {
    const { is: _is, ...user } = person;
    await stage.operate(createUser, { ...user, password: stage.passwords.get(user.username) ?? "" }, at);
  }
  for (const account of SERVICE_ACCOUNTS) await stage.operate(createUser, { kind: "service", ...account }, at);
  for (const network of NETWORKS) await stage.operate(createNetwork, network, at);
  for (const application of APPLICATIONS) await stage.operate(createApplication, application, at);
  await stage.operate(createPolicy, INTERNS, at);
  await stage.operate(createDelegation, TEAM_LEADS, at);
  const applications = APPLICATIONS.map(({ key }) => key);
  const gateway = await stage.operate(createGateway, { key: GATEWAY, adapter: "nginx", applications }, at);
  stage.gatewaySecret = gateway.secret;
}

type Wish = { readonly name: string; readonly description: string } & Readonly<Record<string, unknown>>;

const own = async (stage: Stage, username: string, wish: Wish, at: number) =>
  stage.keep(await stage.act(username, createToken, { access: "read", applications: ["jira"], ...wish }, at));

async function integration(stage: Stage, owner: string, wish: Wish, at: number): Promise<void> {
  const made = await stage.operate(issueToken, { owner, delegation: "Integrations", ...wish }, at);
  if (!("secret" in made)) throw new Error("The operator is shown what they issue");
  stage.keep(made);
}

/** A month in the life of a small company, oldest first. Each token ends in another way, or does not. */
export const STORY: readonly Scene[] = [
  { daysAgo: 30, happens: open },
  {
    daysAgo: 29,
    happens: async (stage, at) => {
      const builds = { applications: ["jira", "bitbucket"], access: "write", ipRanges: ["ci"], expiresAt: null };
      await integration(stage, "ci-builds", { name: "Build server", description: "Tags releases", ...builds }, at);
      const board = { applications: ["jira"], access: "read", expiresAt: null };
      await integration(stage, "status-board", { name: "Status board", description: "In the hall", ...board }, at);
    },
  },
  {
    daysAgo: 28,
    happens: async (stage, at) => {
      const report = { name: "Nightly report", description: "Counts open issues", expiresAt: inDays(at, 80) };
      await own(stage, "mara.lindqvist", report, at);
      await own(
        stage,
        "lena.fischer",
        { name: "Wiki export", description: "", applications: ["confluence"], expiresAt: inDays(at, 80) },
        at,
      );
    },
  },
  {
    daysAgo: 25,
    happens: async (stage, at) => {
      const sync = { name: "Calendar sync", description: "Due dates to the calendar", expiresAt: inDays(at, 30) };
      await own(stage, "tomasz.wojcik", sync, at);
      await own(stage, "juno.park", { name: "First steps", description: "", expiresAt: inDays(at, 7) }, at);
    },
  },
  {
    daysAgo: 20,
    happens: async (stage, at) => {
      const old = { name: "Old laptop", description: "Notebook scripts", access: "write", expiresAt: inDays(at, 60) };
      await own(stage, "mara.lindqvist", old, at);
      const zapier = { name: "Zapier", description: "New issues to chat", expiresAt: inDays(at, 60) };
      await own(stage, "tomasz.wojcik", zapier, at);
    },
  },
  {
    daysAgo: 15,
    happens: async (stage, at) => {
      const duty = { name: "Who is on duty", description: "For the pager", applications: ["rota"] };
      await own(stage, "tomasz.wojcik", { ...duty, expiresAt: inDays(at, 60) }, at);
      const window = { zone: "Europe/Berlin", days: ["mon", "tue", "wed", "thu", "fri"], from: "06:00", to: "20:00" };
      const narrowed = { pathRules: ["GET /rest/api/2/search", "GET /rest/api/2/issue/*"], timeWindow: window };
      const chart = { name: "Burndown chart", description: "Reads far too often", expiresAt: inDays(at, 60) };
      await own(stage, "mara.lindqvist", { ...chart, ...narrowed, rateLimit: { perMinute: 1, burst: 2 } }, at);
    },
  },
  {
    // The builds ask for branches like feature/x, which the path filter refuses until somebody has it observe.
    daysAgo: 12,
    happens: async (stage, at) => {
      const { id, version } = await stage.db.application.findUniqueOrThrow({ where: { key: "bitbucket" } });
      await stage.operate(editApplication, { id, version, pathFilter: { enc_slash: "observe" } }, at);
    },
  },
  {
    daysAgo: 10,
    happens: async (stage, at) => {
      const note = "The notebook was stolen on the train.";
      const end = { id: stage.idOf("Old laptop"), reason: "key_compromise", note };
      await stage.act("mara.lindqvist", revokeToken, end, at);
    },
  },
  {
    daysAgo: 6,
    happens: async (stage, at) => {
      const lena = await stage.db.user.findUniqueOrThrow({ where: { usernameKey: "lena.fischer" } });
      await stage.operate(deactivateUser, { id: lena.id }, at);
    },
  },
  {
    daysAgo: 3,
    happens: async (stage, at) => {
      const pause = { id: stage.idOf("Zapier"), note: "Until we know why it asks so often." };
      await stage.act("tomasz.wojcik", suspendToken, pause, at);
    },
  },
  {
    daysAgo: 2,
    happens: async (stage, at) => {
      const wish = { name: "Release notes", description: "Collects what was done", access: "read" };
      const reach = { delegation: "Team leads", owner: "tomasz.wojcik", applications: ["jira"] };
      await stage.act("mara.lindqvist", issueToken, { ...wish, ...reach }, at);
      const script = { name: "Tidy up", description: "Closes stale issues", access: "write", ipRanges: ["office"] };
      await own(stage, "mara.lindqvist", { ...script, expiresAt: inDays(at, 90) }, at);
    },
  },
  {
    daysAgo: 1,
    happens: async (stage, at) => {
      const id = stage.idOf("Build server");
      stage.keep(await stage.operate(rotateToken, { id, overlap: "7d" }, at), "Build server, new");
    },
  },
];
