import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { projectFolder } from "#server/project";
import { type CommandLine, commandLineOf } from "#test/command-line";
import { createInstallation, type TestInstallation } from "#test/installation";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

let installation: TestInstallation;
let latchkey: CommandLine;
beforeAll(async () => {
  installation = await createInstallation();
  latchkey = await commandLineOf(installation);
});
afterAll(() => installation.close());

const LIMITS = { maxLifetimeDays: 7, access: "read", applications: "all", maxActive: 3 };
const interns = (name: string, priority: number) => ({
  ...{ name, priority, members: { groups: ["api-users"] }, use: true, create: "yes", own: LIMITS },
});
const HELPERS = {
  ...{ name: "Helpers", delegates: ["admins"], powers: ["issue"], scope: { serviceAccounts: true } },
  ...{ issue: { ...LIMITS, maxLifetimeDays: null }, showSecret: true },
};

describe("what REST takes as a body", () => {
  it("comes on stdin, and is printed as REST shows it, with where it holds", async () => {
    const [tier, power] = await Promise.all([
      latchkey(["policy", "create", "--json", "-"], { stdin: JSON.stringify(interns("Стажёры", 499)) }),
      latchkey(["delegation", "create", "--json", "-"], { stdin: JSON.stringify(HELPERS) }),
    ]);
    expect(tier).toMatchObject({ status: 0, stderr: "", said: { name: "Стажёры", create: "yes", selfRotate: false } });
    expect(tier.said).toMatchObject({ own: { ...LIMITS, defaultLifetimeDays: 7 }, enforcement: { outstanding: [] } });
    expect(power).toMatchObject({ status: 0, said: { name: "Helpers", powers: ["issue"], showSecret: true } });
  });

  it("is as docs/cli.md shows it", async () => {
    const page = readFileSync(join(projectFolder(), "docs/cli.md"), "utf8");
    const shown = [...page.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(([, json = ""]) => JSON.parse(json));
    expect(shown).toHaveLength(2);
    for (const { members, delegates } of shown) {
      for (const name of members?.groups ?? delegates) await latchkey(["group", "create", "--name", name]);
    }
    const [tier, power] = shown.map((each) => JSON.stringify(each));
    const made = [
      await latchkey(["policy", "create", "--json", "-"], { stdin: tier ?? "" }),
      await latchkey(["delegation", "create", "--json", "-"], { stdin: power ?? "" }),
    ];
    expect(made.map(({ status, said }) => [status, said.name])).toEqual([
      [0, "Interns"],
      [0, "Helpdesk"],
    ]);
  });

  it("comes from a file, a byte order mark before it or not", async () => {
    const file = join(tmpdir(), `latchkey-policy-${process.pid}.json`);
    writeFileSync(file, `\uFEFF${JSON.stringify(interns("From a file", 501))}`);
    expect(await latchkey(["policy", "create", "--json", file])).toMatchObject({ status: 0, said: { priority: 501 } });
    rmSync(file);
    const gone = await latchkey(["policy", "create", "--json", file]);
    expect(gone).toMatchObject({ status: 2, stdout: "", said: { code: "malformed" } });
    expect(gone.said.detail).toContain(file);
  });

  it.each([
    ["no JSON", "{not json", 2, "malformed"],
    ["a list", "[]", 2, "malformed"],
    ["more than 64 KB", JSON.stringify({ name: "x".repeat(70_000) }), 1, "too_large"],
    ["a field too many", JSON.stringify({ ...interns("X", 7), colour: "red" }), 1, "invalid_input"],
    ["what is not enforced", JSON.stringify({ ...interns("X", 8), create: "request" }), 1, "not_enforced_yet"],
  ])("is refused when it is %s", async (_what, stdin, status, code) => {
    expect(await latchkey(["policy", "create", "--json", "-"], { stdin })).toMatchObject({
      ...{ status, stdout: "", said: { code, requestId: expect.any(String), errors: expect.any(Array) } },
    });
  });

  it("may be said by options, by JSON, or by both where they agree", async () => {
    const network = (...args: string[]) => latchkey(["network", "create", ...args], { stdin: '{"name":"ci"}' });
    expect((await network("--name", "office", "--range", "10.0.0.0/8", "--range", "2001:db8::/32")).said).toMatchObject(
      {
        ...{ name: "office", ranges: ["10.0.0.0/8", "2001:db8::/32"] },
      },
    );
    expect(await network("--json", "-", "--name", "lab", "--range", "192.0.2.0/24")).toMatchObject({ status: 2 });
    expect(await network("--json", "-", "--name", "ci", "--range", "192.0.2.0/24")).toMatchObject({ status: 0 });
    expect(await network("--name", "x", "--range", "10.0.0.1/8")).toMatchObject({
      status: 1,
      said: { code: "invalid_input" },
    });
    expect(await network("--name", "office", "--range", "10.0.0.0/8")).toMatchObject({
      said: { code: "already_exists" },
    });
  });
});

describe("what replay says to look at", () => {
  const edit = (noun: string, id: unknown, body: object) =>
    latchkey([noun, "edit", "--id", String(id), "--json", "-"], { stdin: JSON.stringify(body) });

  it("can be put right at the command line while a restored backup waits, and what is left out stays", async () => {
    const make = async (noun: string, body: object) =>
      (await latchkey([noun, "create", "--json", "-"], { stdin: JSON.stringify(body) })).said;
    const tier = await make("policy", interns("To narrow", 497));
    const power = await make("delegation", { ...HELPERS, name: "To narrow" });
    const network = await make("network", { name: "to-narrow", ranges: ["192.0.2.0/24"] });
    const { db } = installation;
    await db.settings.updateMany({ data: { quarantinedAt: new Date(), quarantineWhy: "behind" } });
    const narrowed = await edit("policy", tier.id, { own: { ...LIMITS, maxActive: 1 } });
    expect(narrowed).toMatchObject({ status: 0, said: { name: "To narrow", priority: 497, own: { maxActive: 1 } } });
    expect(await edit("policy", tier.id, { version: 1, priority: 496 })).toMatchObject({ said: { code: "stale" } });
    expect(await edit("policy", "nothing", {})).toMatchObject({ status: 1, said: { code: "not_found" } });
    const silent = await edit("delegation", power.id, { showSecret: false });
    expect(silent).toMatchObject({ status: 0, said: { name: "To narrow", showSecret: false, powers: ["issue"] } });
    const smaller = await edit("network", network.id, { ranges: ["192.0.2.0/30"] });
    expect(smaller).toMatchObject({ status: 0, said: { name: "to-narrow", ranges: ["192.0.2.0/30"] } });
    await db.settings.updateMany({ data: { quarantinedAt: null, quarantineWhy: null } });
  });
});

describe("lists", () => {
  it("are those of REST, page by page", async () => {
    const first = await latchkey(["policy", "list", "--limit", "2"]);
    expect(first).toMatchObject({
      status: 0,
      stderr: "",
      said: { items: [{ name: "Administrators" }, { priority: 501 }] },
    });
    const rest = await latchkey(["policy", "list", "--cursor", String(first.said.nextCursor)]);
    expect(rest.said).toMatchObject({
      nextCursor: null,
      items: expect.arrayContaining([expect.objectContaining({ name: "Стажёры" })]),
    });
    const found = await latchkey(["delegation", "list", "--q", "HELPERS"]);
    expect(found.said).toMatchObject({ items: [{ name: "Helpers" }] });
    const refused = await latchkey(["policy", "list", "--limit", "1000", "--sort", "colour"]);
    expect(refused).toMatchObject({ status: 1, said: { errors: [{ path: "limit" }, { path: "sort" }] } });
  });
});

describe("without an installation", () => {
  it("says in one sentence what is missing, and makes nothing", async () => {
    const { adminUrl } = installation.database;
    const empty = new URL(adminUrl);
    empty.pathname = "/template1";
    const question = ["--gateway", "gw1", "--method", "GET", "--uri", "/", "--host", "x", "--client-ip", "192.0.2.1"];
    const [nothing, nowhere, powerless, elsewhere, secret] = await Promise.all([
      latchkey(["policy", "list"], { env: { DATABASE_URL: empty.href } }),
      latchkey(["verify", ...question], { env: { DATABASE_URL: empty.href } }),
      latchkey(["user", "create", "--username", "x"], { env: { DATABASE_URL: installation.database.verifierUrl } }),
      latchkey(["policy", "list"], { env: { DATABASE_URL: "postgresql://a:b@127.0.0.1:1/c" } }),
      latchkey(["audit", "verify"], { env: { LATCHKEY_SECRET: "x".repeat(40) } }),
    ]);
    for (const each of [nothing, nowhere, powerless, elsewhere, secret]) {
      expect(each).toMatchObject({ status: 1, stdout: "", said: { code: "unavailable", status: 503 } });
      expect(each.stderr).not.toMatch(/\bat .*:\d+:\d+|Prisma|ECONN|a:b@/);
    }
    for (const each of [nothing, nowhere, powerless]) expect(each.said.detail).toContain("npm run db:migrate");
    expect(secret.said.detail).toContain("LATCHKEY_SECRET");
  });
});

describe("the settings of the installation", () => {
  it("are shown and changed, and what is left out stays", async () => {
    const { said: before } = await latchkey(["settings", "show"]);
    expect(before).toMatchObject({ ranges: [], ownerRate: null, failureRate: { perMinute: 30, burst: 60 } });
    const narrowed = await latchkey(["settings", "edit", "--range", "192.0.2.0/24", "--range", "::1"]);
    expect(narrowed).toMatchObject({ status: 0, said: { ...before, ranges: ["192.0.2.0/24", "::1"], version: 2 } });
    const unknown = await latchkey(["settings", "edit", "--range", "moon"]);
    expect(unknown).toMatchObject({ status: 1, stderr: expect.stringContaining("There is no network moon.") });
    const json = JSON.stringify({ ranges: [], ownerRate: { perMinute: 600, burst: 60 } });
    const rated = await latchkey(["settings", "edit", "--json", "-"], { stdin: json });
    expect(rated).toMatchObject({ status: 0, said: { ranges: [], ownerRate: { perMinute: 600, burst: 60 } } });
    const stale = JSON.stringify({ version: 1, ranges: ["::1"] });
    const late = await latchkey(["settings", "edit", "--json", "-"], { stdin: stale });
    expect(late).toMatchObject({ status: 1, stderr: expect.stringContaining(`"code":"stale"`) });
  });
});
