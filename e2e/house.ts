import { type GitUpstream, startGit } from "#test/upstreams/git";
import { startJira } from "#test/upstreams/jira";
import { type Nginx, startNginx } from "#test/upstreams/nginx";
import { API_HOST, MAIN_HOST } from "#test/upstreams/nginx-site";
import type { Upstream } from "#test/upstreams/recorder";
import { type Installation, startInstallation, type Verifier } from "./installation";
import { rowsOf } from "./rows";

/** The address under which nginx shows the git server. */
export const GIT_HOST = "127.0.0.3";
export const ADMIN = { username: "root.admin", password: "a quiet harbour at dusk" };
export const USER = { username: "ada", password: "seven brass keys on a ring" };

/** A Latchkey in use: one administrator, one user of tier *API users*, Jira and Bitbucket behind one real nginx. */
export type House = {
  readonly latchkey: Installation;
  readonly second: Verifier;
  readonly jira: Upstream;
  readonly git: GitUpstream;
  readonly nginx: Nginx;
  readonly gatewaySecret: string;
  stop(): Promise<void>;
};

export async function openHouse(extra: Readonly<Record<string, string>> = {}): Promise<House> {
  const opened: { stop(): Promise<void> }[] = [];
  const keep = <T extends { stop(): Promise<void> }>(started: T): T => {
    opened.unshift(started);
    return started;
  };
  const stop = async () => {
    for (const each of opened) await each.stop();
  };
  try {
    return { ...(await furnished(extra, keep)), stop };
  } catch (error) {
    await stop(); // what did start must not outlive a house that did not
    throw error;
  }
}

type Keep = <T extends { stop(): Promise<void> }>(started: T) => T;

async function furnished(extra: Readonly<Record<string, string>>, keep: Keep): Promise<Omit<House, "stop">> {
  const latchkey = keep(await startInstallation(extra));
  const jira = keep(await startJira());
  const git = keep(await startGit());
  await latchkey.cli(["admin", "create", "--username", ADMIN.username], ADMIN.password);
  const gatewaySecret = await furnish(latchkey);
  // the tests that share a house make more tokens of this user than anybody should have
  await rowsOf(latchkey, "UPDATE policies SET own = jsonb_set(own, '{maxActive}', '1000') WHERE name = 'API users'");
  const second = await latchkey.addVerifier("gw-2");
  const nginx = keep(
    await startNginx({
      verifierPorts: [latchkey.verifierPort, second.port],
      gatewaySecret,
      upstreamPort: jira.port,
      others: [{ address: GIT_HOST, upstreamPort: git.port }],
      portalUrl: latchkey.portalUrl,
    }),
  );
  return { latchkey, second, jira, git, nginx, gatewaySecret };
}

/** @returns the gateway's secret */
export async function furnish({ cli }: Installation): Promise<string> {
  const routes = [API_HOST, MAIN_HOST].flatMap((host) => ["--route", host]);
  const rules = ["password", "foreignBearer", "oauth1", "otherScheme", "none"].flatMap((each) => [
    "--rule",
    `${each}=observe`,
  ]);
  const jira = ["--key", "jira", "--name", "Jira", "--kind", "jira", ...routes, "--identity", "header"];
  await cli(["application", "create", ...jira, ...rules]);
  const bitbucket = ["--key", "bitbucket", "--name", "Bitbucket", "--kind", "bitbucket", "--route", GIT_HOST];
  await cli(["application", "create", ...bitbucket, "--identity", "header"]);
  const applications = ["--application", "jira", "--application", "bitbucket"];
  const gateway = await cli(["gateway", "create", "--key", "gw1", "--adapter", "nginx", ...applications]);
  const user = ["--username", USER.username, "--group", "api-users", "--password-stdin"];
  await cli(["user", "create", ...user], USER.password);
  return String(gateway.secret);
}

/** Makes a token by the command line. @returns its secret and id */
export async function makeToken(
  { cli }: Installation,
  options: readonly string[] = ["--access", "read"],
  owner: string = USER.username,
): Promise<{ id: string; secret: string }> {
  const applications = ["--application", "jira", "--application", "bitbucket"];
  const made = await cli(["token", "create", "--owner", owner, "--name", "By hand", ...applications, ...options]);
  const token = made.token;
  if (typeof token !== "object" || token === null || !("id" in token)) throw new Error("No token was printed");
  return { id: String(token.id), secret: String(made.secret) };
}

/** Names some addresses. */
export async function makeNetwork({ cli }: Installation, name: string): Promise<{ id: string }> {
  return { id: String((await cli(["network", "create", "--name", name, "--range", "192.0.2.0/24"])).id) };
}

/** Makes a group with somebody in it, whose name is written from right to left. @returns their ids */
export async function makeCrew({ cli }: Installation, name: string): Promise<{ user: string; group: string }> {
  const group = await cli(["group", "create", "--name", `crew ${name}`]);
  const person = ["--username", `ليلى.${name}`, "--display-name", "ليلى حداد", "--group", `crew ${name}`];
  const user = await cli(["user", "create", ...person, "--group", "api-users"]);
  return { user: String(user.id), group: String(group.id) };
}

/** The id of the first gateway, or application, that there is. */
export async function firstId({ cli }: Installation, noun: string): Promise<string> {
  const { items } = await cli([noun, "list"]);
  const [first] = Array.isArray(items) ? items : [];
  return String(first?.id);
}
