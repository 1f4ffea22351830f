import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type CommandLine, commandLineOf, type Ran } from "#test/command-line";
import { createInstallation, type TestInstallation } from "#test/installation";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const JIRA = [
  "--key",
  "jira",
  "--name",
  "Jira",
  "--kind",
  "jira",
  "--route",
  "tools.corp/jira",
  "--route",
  "jira.corp",
];

let installation: TestInstallation;
let latchkey: CommandLine;
beforeAll(async () => {
  installation = await createInstallation();
  latchkey = await commandLineOf(installation);
});
afterAll(() => installation.close());

const codes = (all: readonly Ran[]) => all.map(({ status, said }) => [status, said.code]);

describe("application and gateway", () => {
  it("are made from options, with the presets of REST; the gateway's secret is printed once", async () => {
    const jira = await latchkey(["application", "create", ...JIRA, "--rule", "password=block", "--rule", "none=allow"]);
    expect(jira).toMatchObject({ status: 0, said: { key: "jira", identity: "none", enforcement: {} } });
    expect(jira.said).toMatchObject({
      routes: [
        { host: "jira.corp", context: "" },
        { host: "tools.corp", context: "/jira" },
      ],
      rules: { password: "block", none: "allow", foreignBearer: "observe" },
    });
    const gateway = await latchkey([
      "gateway",
      "create",
      "--key",
      "gw1",
      "--adapter",
      "nginx",
      "--application",
      "jira",
    ]);
    expect(gateway.said).toMatchObject({
      key: "gw1",
      secret: expect.stringMatching(/^\S{20,}$/),
      applications: ["jira"],
    });
    const rotated = await latchkey(["gateway", "rotate-secret", "--key", "gw1"]);
    expect(rotated.said).toMatchObject({ key: "gw1", previousUntil: expect.any(String), secret: expect.any(String) });
    expect(rotated.said.secret).not.toBe(gateway.said.secret);
    const log = await installation.db.auditEvent.findMany({ select: { detail: true } });
    expect(JSON.stringify(log)).not.toContain(String(rotated.said.secret));
  });

  it("are bound by what REST is bound by", async () => {
    const application = (...args: string[]) =>
      latchkey(["application", "create", "--key", "x", "--name", "X", ...args]);
    expect(
      codes(
        await Promise.all([
          application("--kind", "generic", "--route", "jira.corp"),
          latchkey([
            ...["gateway", "create", "--key", "gw2", "--adapter", "api"],
            "--application",
            "jira",
            "--trusted-hops",
            "1",
          ]),
          latchkey(["gateway", "rotate-secret", "--key", "gw9"]),
        ]),
      ),
    ).toEqual([
      [1, "already_exists"],
      [1, "invalid_input"],
      [1, "not_found"],
    ]);
  });
});
