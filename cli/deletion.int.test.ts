import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type CommandLine, commandLineOf } from "#test/command-line";
import { createInstallation, type TestInstallation } from "#test/installation";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const DAY = 86_400_000;
const LIMITS = { maxLifetimeDays: 7, access: "read", applications: "all", maxActive: 3 };

let installation: TestInstallation;
let latchkey: CommandLine;
beforeAll(async () => {
  installation = await createInstallation();
  latchkey = await commandLineOf(installation);
});
afterAll(() => installation.close());

const waiting = (quarantinedAt: Date | null) =>
  installation.db.settings.updateMany({ data: { quarantinedAt, quarantineWhy: quarantinedAt && "behind" } });
beforeEach(() => waiting(null));

const withJson = (args: readonly string[], body: object) =>
  latchkey([...args, "--json", "-"], { stdin: JSON.stringify(body) });
const make = async (noun: string, body: object) => String((await withJson([noun, "create"], body)).said.id);

describe("while a restored backup waits, what it brought back can be deleted at the command line", () => {
  it("a tier, as in the portal: after what that does was shown, and said what happens to the tokens", async () => {
    await latchkey(["group", "create", "--name", "guests"]);
    await latchkey(["user", "create", "--username", "gus", "--group", "guests"]);
    await withJson(["application", "create"], {
      key: "wiki",
      name: "Wiki",
      kind: "generic",
      routes: [{ host: "w.test" }],
    });
    const rule = { name: "Guests", priority: 900, members: { groups: ["guests"] }, use: true, create: "yes" };
    const id = await make("policy", { ...rule, own: { ...LIMITS, access: "write" } });
    await make("policy", { ...rule, name: "Readers", priority: 890, own: LIMITS });
    const token = ["--owner", "gus", "--name", "feed", "--application", "wiki", "--access", "write"];
    expect(await latchkey(["token", "create", ...token])).toMatchObject({ status: 0 });
    await waiting(new Date());

    const unsaid = await latchkey(["policy", "delete", "--id", id]);
    expect(unsaid).toMatchObject({ status: 1, said: { code: "invalid_input", errors: [{ path: "affected" }] } });
    expect(unsaid.said.detail).toContain("It breaks 1 token of 1 person");
    const affected = { choice: "leave", until: new Date(Date.now() + 30 * DAY).toISOString() };
    const unseen = await withJson(["policy", "delete", "--id", id], { affected });
    expect(unseen).toMatchObject({ status: 1, said: { errors: [{ path: "fingerprint" }] } });

    const seen = await withJson(["policy", "preview"], { change: "policy.delete", id });
    expect(seen).toMatchObject({ status: 0, said: { needsChoice: true, tokens: { affected: 1 } } });
    const { fingerprint } = seen.said;
    const done = await withJson(["policy", "delete", "--id", id], { affected, fingerprint });
    expect(done).toMatchObject({ status: 0, stderr: "", said: { id, name: "Guests" } });
    expect(await latchkey(["policy", "delete", "--id", id])).toMatchObject({ status: 1, said: { code: "not_found" } });
    const wrong = await withJson(["policy", "preview"], { change: "policy.burn", id });
    expect(wrong).toMatchObject({ status: 1, said: { code: "invalid_input" } });
  });

  it("a delegation, a network, an application and a gateway, each once, and not while something needs it", async () => {
    const helpers = { name: "Helpers", delegates: ["admins"], powers: ["issue"], scope: { serviceAccounts: true } };
    const app = { key: "shop", name: "Shop", kind: "generic", routes: [{ host: "shop.test" }] };
    const made = {
      network: await make("network", { name: "lab", ranges: ["192.0.2.0/24"] }),
      delegation: await make("delegation", { ...helpers, issue: { ...LIMITS, ranges: ["lab"] }, showSecret: true }),
      application: await make("application", app),
      gateway: await make("gateway", { key: "gw-shop", adapter: "nginx", applications: ["shop"] }),
    };
    await waiting(new Date());
    expect(await latchkey(["application", "delete", "--id", made.application])).toMatchObject({
      ...{ status: 1, said: { code: "in_use", detail: expect.stringContaining("gateway gw-shop") } },
    });
    for (const noun of ["delegation", "network", "gateway", "application"] as const) {
      const args = [noun, "delete", "--id", made[noun]];
      expect([noun, (await latchkey(args)).said]).toEqual([noun, expect.objectContaining({ id: made[noun] })]);
      expect([noun, (await latchkey(args)).said.code]).toEqual([noun, "not_found"]);
    }
  });
});
