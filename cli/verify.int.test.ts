import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type CommandLine, commandLineOf } from "#test/command-line";
import { createInstallation, type TestInstallation } from "#test/installation";
import { type Issued, seedApplication, seedGateway, seedToken } from "#test/seeded";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const END = Date.now() + 30 * 86_400_000;

let installation: TestInstallation;
let latchkey: CommandLine;
let token: Issued;
beforeAll(async () => {
  installation = await createInstallation();
  latchkey = await commandLineOf(installation);
  const { id } = await installation.person("ada", ["api-users"]);
  const jira = await seedApplication(installation.db, "jira");
  await seedGateway(installation.db, "gw1", "unused", [jira]);
  const some = { allApplications: false, applications: ["jira"], expiresAt: new Date(END) };
  token = await seedToken(installation.db, id, { access: "read", ...some });
});
afterAll(() => installation.close());

const REQUEST = {
  gateway: "gw1",
  method: "GET",
  uri: "/rest/api/2/issue/A-1",
  host: "jira.corp",
  "client-ip": "192.0.2.1",
};
const verify = (stdin: string, change: Partial<typeof REQUEST & { at: string }> = {}, ...headers: string[]) => {
  const options = Object.entries({ ...REQUEST, ...change }).flatMap(([name, value]) => [`--${name}`, value]);
  return latchkey(["verify", ...options, ...headers.flatMap((each) => ["--header", each])], { stdin });
};
const basic = (name: string, password: string) => `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}\n`;
const failed = (steps: unknown) => (Array.isArray(steps) ? steps.filter(({ outcome }) => outcome === "failed") : steps);

describe("verify", () => {
  it("tells every step of an allow, uses nothing up and shows no secret", async () => {
    const { status, stderr, stdout, said } = await verify(`Bearer ${token.secret}\n`);
    expect({ status, stderr, allowed: said.allowed, code: said.status }).toEqual({
      status: 0,
      stderr: "",
      allowed: true,
      code: 200,
    });
    expect(Object.keys(said)).toEqual(["allowed", "status", "reason", "steps", "about"]);
    const steps = Array.isArray(said.steps) ? said.steps : [];
    expect(steps.map(({ step }) => step)).toEqual(steps.map(({ step }) => step).sort((a, b) => a - b));
    for (const each of steps) {
      expect(Object.keys(each)).toEqual(["step", "name", "outcome", "detail", "rule", "remedy"]);
      expect(["passed", "skipped"]).toContain(each.outcome);
    }
    expect(steps.find(({ step }) => step === 13)).toMatchObject({ rule: "tier API users" });
    expect(stdout).not.toContain(token.secret);
    expect(await installation.db.tokenUsage.count({ where: { firstUsedAt: { not: null } } })).toBe(0);
  });

  it("judges at the time that is said", async () => {
    const { said } = await verify(`Bearer ${token.secret}`, { at: new Date(END).toISOString() });
    expect(said).toMatchObject({ allowed: false, reason: "token_expired" });
  });

  it("exits 0 whatever the decision, and names the step, the rule and the remedy", async () => {
    const [write, other, unknown, password, browser, unreadable, nobody] = await Promise.all([
      verify(basic("ada", token.secret), { method: "DELETE" }),
      verify(basic("bob", token.secret)),
      verify("Bearer lk_a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B221o3DM"),
      verify(basic("ada", "not a token")),
      verify("", {}, "Cookie: a=b", "User-Agent: x"),
      verify("", { uri: "http://jira.corp/" }),
      verify(`Bearer ${token.secret}`, { gateway: "gw9" }),
    ]);
    expect([write, other, unknown, password, browser, unreadable, nobody].map(({ status }) => status)).toEqual(
      Array(7).fill(0),
    );
    expect(write?.said).toMatchObject({ allowed: false, status: 403, reason: "write_refused" });
    expect(failed(write?.said.steps)).toMatchObject([{ step: 16, remedy: expect.any(String) }]);
    expect(other?.said).toMatchObject({ allowed: false, status: 401 });
    expect(failed(other?.said.steps)).toMatchObject([{ step: 12 }]);
    expect(failed(unknown?.said.steps)).toMatchObject([{ step: 9 }]);
    expect(password?.said).toMatchObject({ allowed: true, status: 200 });
    expect(browser?.said).toMatchObject({ allowed: true });
    expect(failed(unreadable?.said.steps)).toMatchObject([{ step: 3 }]);
    expect(nobody?.said).toMatchObject({ status: 403, reason: "gateway_unauthorized" });
  });
});

describe("audit verify", () => {
  it("follows the chain, and names the first row that is not what was written", async () => {
    await latchkey(["group", "create", "--name", "chained"]);
    const whole = await latchkey(["audit", "verify"]);
    expect(whole).toMatchObject({ status: 0, stderr: "", said: { checked: expect.any(Number), firstBad: null } });
    const { Client } = await import("pg");
    const admin = new Client({ connectionString: installation.database.adminUrl });
    await admin.connect();
    await admin.query("ALTER TABLE audit_events DISABLE TRIGGER USER");
    await admin.query("UPDATE audit_events SET subject_name = 'forged' WHERE seq = 2");
    await admin.end();
    const forged = await latchkey(["audit", "verify"]);
    expect(forged).toMatchObject({ status: 1, said: { checked: 1, firstBad: { seq: "2", why: expect.any(String) } } });
  });
});
