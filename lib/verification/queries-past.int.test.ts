import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Viewer } from "#lib/access/viewer";
import { editApplication } from "#lib/applications/commands/edit";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import type { Database, Prisma } from "#lib/db/client";
import type { GatewayAdapter } from "#lib/gateways/gateway";
import { outputOf } from "#test/api";
import { createInstallation, type TestInstallation } from "#test/installation";
import { startPlane, type TestPlane } from "#test/plane";
import { type Ask, basic, withSecret } from "#test/remedies";
import { seedApplication, seedGateway, seedToken } from "#test/seeded";
import { waitUntil } from "#test/upstreams/wait-until";
import { explainPast, type PastExplained } from "./queries-past";

const GATEWAY = "gw";
const SECRET = "an app's secret";

let installation: TestInstallation;
let plane: TestPlane;
let db: Database;
let applicationId: string;
let userId: string;
let root: Viewer;
beforeAll(async () => {
  installation = await createInstallation();
  db = installation.db;
  await installation.person("root", ["admins"]);
  root = await installation.viewer("root");
  applicationId = await seedApplication(db, "code", "bitbucket");
  // By the alphabet this host comes first, and it is not the one that requests are for.
  const routes = [{ host: "a.corp" }, { host: "tools.corp", context: "/code" }];
  userId = (await installation.person("pia", ["api-users"])).id;
  await edit({ routes });
  await seedGateway(db, GATEWAY, SECRET, [applicationId], { adapter: "api" });
  plane = await startPlane(installation.database.verifierUrl, "v1");
});
afterAll(async () => {
  await plane.stop();
  await installation.close();
});

const USUAL: Ask = {
  ...{ method: "GET", uri: "/code/rest/api/1.0/projects", host: "tools.corp", proto: "https", clientIp: "192.0.2.7" },
  headers: {},
};

const token = async (some: Partial<Prisma.TokenUncheckedCreateInput>) => (await seedToken(db, userId, some)).secret;

async function edit(changes: object): Promise<void> {
  const { version } = await db.application.findUniqueOrThrow({ where: { id: applicationId } });
  const input = { id: applicationId, version, ...changes };
  await outputOf(execute(db, editApplication, operator(), input, Date.now()));
}

async function judge(ask: Partial<Ask>): Promise<{ readonly reason: string; readonly requestId: string }> {
  const answer = await fetch(`http://127.0.0.1:${plane.port}/v1/verify`, {
    method: "POST",
    headers: { authorization: basic(GATEWAY, SECRET) },
    body: JSON.stringify({ ...USUAL, ...ask }),
  });
  const { reason, requestId } = (await answer.json()) as { reason: string; requestId: string };
  return { reason, requestId };
}

/** Has a request refused by a real verifier. @returns how to ask what Explain says of it now */
async function refusal(ask: Partial<Ask>, reason: string) {
  const { requestId } = await waitUntil(`the refusal ${reason}`, async () => {
    const judged = await judge(ask);
    return judged.reason === reason ? judged : undefined;
  });
  const told = async (): Promise<PastExplained | undefined> => {
    const past = await explainPast(root, { requestId });
    return past.ok ? past.value : undefined;
  };
  await waitUntil("the refusal in the database", told);
  return async () => {
    const past = await told();
    const { host, remedy } = past?.judged ?? {};
    return { verdict: past?.now?.reason ?? null, why: past?.unjudged ?? null, host, remedy, requestId };
  };
}

/** What no role of ours may do to what was written down, or read of it. */
async function asOwner(statement: string, ...values: readonly string[]) {
  const owner = new Client({ connectionString: installation.database.ownerUrl });
  await owner.connect();
  return owner.query(statement, [...values]).finally(() => owner.end());
}

const reading = () => token({ access: "read" });

describe("a refused request whose query, header, username or spelling decided is not said to pass:", () => {
  const undecided = (why: RegExp) => ({ verdict: null, why: expect.stringMatching(why) });
  const PUSH = "/code/scm/demo/repo.git/info/refs?service=git-receive-pack";

  test.each<[string, Partial<Ask>, RegExp]>([
    ["the push that git announces", { uri: PUSH }, /its query .*not kept.*Describe the request/],
    ["another method in the query", { uri: `${USUAL.uri}?limit=1&_method=DELETE` }, /its query/],
    ["another method in a header", { headers: { "X-HTTP-Method-Override": "DELETE" } }, /a header of it/],
  ])("%s", async (_, ask, why) => {
    const headers = { ...withSecret(await reading()), ...ask.headers };
    const told = await refusal({ ...ask, headers }, "write_refused");
    expect(await told()).toMatchObject(undecided(why));
  });

  test("an upgrade", async () => {
    const headers = { ...withSecret(await reading()), Upgrade: "websocket" };
    expect(await (await refusal({ headers }, "upgrade_refused"))()).toMatchObject(undecided(/a header of it/));
  });

  test("where a MOVE goes to; what refuses it wherever it goes is said all the same", async () => {
    const pathRules = ["* /rest/api/**"];
    const headers = { ...withSecret(await token({ access: "write", pathRules })), Destination: "/code/rest/private/b" };
    const told = await refusal({ method: "MOVE", headers }, "path_rule_refused");
    expect(await told()).toMatchObject(undecided(/a header of it/));
    // As a version kept it that did not know of Destinations.
    await db.token.updateMany({ data: { pathRules: [] } });
    await asOwner("UPDATE refusals SET unkept = '' WHERE request_id = $1", (await told()).requestId);
    expect(await told()).toMatchObject(undecided(/a header of it/));
    await db.token.updateMany({ data: { access: "read" } });
    expect(await told()).toMatchObject({ verdict: "write_refused", why: null });
  });

  test("a wrong name beside the secret", async () => {
    const headers = { Authorization: basic("somebody", await reading()) };
    const told = await refusal({ headers }, "unauthenticated");
    expect(await told()).toMatchObject(undecided(/the username/));
  });

  test("a path that could be read in two ways", async () => {
    await edit({ pathFilter: { enc_slash: "observe" } });
    const headers = withSecret(await token({ pathRules: ["GET /rest/api/1.0/projects/*"] }));
    const uri = "/code/rest/api/1.0/projects/a%2Fb";
    const told = await refusal({ uri, headers }, "path_rule_refused");
    await db.token.updateMany({ data: { pathRules: [] } });
    expect(await told()).toMatchObject(undecided(/how its path was written/));
    await edit({ pathFilter: {} });
  });

  test("a header that the token asks for", async () => {
    const headerConditions = [{ name: "x-team", value: "release" }];
    const told = await refusal({ headers: withSecret(await token({ headerConditions })) }, "header_refused");
    expect(await told()).toMatchObject(undecided(/asks for a header/));
  });
});

test("a refused request that lacked a header is told that its gateway may not have passed the header on", async () => {
  const headerConditions = [{ name: "x-team", value: "release" }];
  const told = await refusal({ headers: withSecret(await token({ headerConditions })) }, "header_refused");
  const become = (adapter: GatewayAdapter) => db.gateway.update({ where: { key: GATEWAY }, data: { adapter } });
  const behind = async (adapter: GatewayAdapter) => {
    await become(adapter);
    return (await told().finally(() => become("api"))).remedy;
  };
  const anew = /^Send the header, .* that of the gateway's page in place anew\.$/;
  expect(await behind("forward")).toMatch(anew);
  expect(await behind("envoy")).toMatch(anew);
  expect(await behind("nginx")).not.toMatch(anew);
  expect(await behind("api")).not.toMatch(anew);
});

describe("a refused request of which everything that decides is kept", () => {
  const WRITE = { method: "POST", uri: "/code/rest/api/1.0/projects" };

  test("is judged on the host that it was for, also where the application has another", async () => {
    const secret = await reading();
    const told = await refusal({ ...WRITE, headers: withSecret(secret) }, "write_refused");
    expect(await told()).toMatchObject({ verdict: "write_refused", why: null, host: "tools.corp" });
    await db.token.updateMany({ data: { access: "write" } });
    expect(await told()).toMatchObject({ verdict: "allowed", why: null });
    await waitUntil("it passes", async () =>
      (await judge({ ...WRITE, headers: withSecret(secret) })).reason === "allowed" ? true : undefined,
    );
  });

  test("is judged with its secret where it stood: what the application takes there no longer is refused", async () => {
    const headers = { Authorization: basic("pia", await reading()) };
    const told = await refusal({ ...WRITE, headers }, "write_refused");
    await db.token.updateMany({ data: { access: "write" } });
    expect(await told()).toMatchObject({ verdict: "allowed" });
    await edit({ credentials: { basic: false, bearer: true, header: null, query: null } });
    expect(await told()).toMatchObject({ verdict: "source_refused" });
    await edit({ credentials: { basic: true, bearer: true, header: null, query: null } });
  });

  test("stays refused whatever its query and headers were, where something else refuses it", async () => {
    const headers = { ...withSecret(await reading()), "X-HTTP-Method-Override": "PUT" };
    const told = await refusal({ headers }, "write_refused");
    await db.user.update({ where: { id: userId }, data: { deactivatedAt: new Date() } });
    expect(await told()).toMatchObject({ verdict: "owner_inactive", why: null });
    await db.user.update({ where: { id: userId }, data: { deactivatedAt: null } });
  });

  test("keeps no word of the client's beyond method and path", async () => {
    const headers = { Authorization: basic("a-strange-name", await reading()), "X-Method-Override": "STRANGE" };
    const told = await refusal({ uri: `${USUAL.uri}?_method=odd-word`, headers }, "unauthenticated");
    const { requestId } = await told();
    const { rows } = await asOwner("SELECT * FROM refusals WHERE request_id = $1", requestId);
    expect(rows).toMatchObject([{ host: "tools.corp", place: "Basic", unkept: "query headers username" }]);
    expect(JSON.stringify(rows)).not.toMatch(/strange|odd-word/i);
  });
});

test("a refusal that an older verifier wrote down is not judged again, and says so", async () => {
  const told = await refusal({ headers: { ...withSecret(await reading()) }, method: "POST" }, "write_refused");
  await asOwner("UPDATE refusals SET host = NULL, place = NULL, unkept = NULL");
  expect(await told()).toMatchObject({ verdict: null, why: expect.stringContaining("older version") });
});
