import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandLine, commandLineOf } from "#test/command-line";
import { createInstallation, type TestInstallation } from "#test/installation";

let installation: TestInstallation;
let latchkey: CommandLine;
beforeAll(async () => {
  installation = await createInstallation();
  latchkey = await commandLineOf(installation);
});
afterAll(() => installation.close());

describe("people", () => {
  it("x", async () => {
    console.log(await latchkey(["admin", "create", "--username", "root"], { stdin: "a quiet harbour at dusk\n" }));
    console.log(await latchkey(["user", "create", "--username", "ada", "--group", "api-users"]));
    console.log(await latchkey(["policy", "list"]));
    console.log(
      await latchkey([
        "application",
        "create",
        "--key",
        "jira",
        "--name",
        "Jira",
        "--kind",
        "jira",
        "--route",
        "jira.corp",
        "--rule",
        "password=block",
      ]),
    );
    console.log(await latchkey(["gateway", "create", "--key", "gw1", "--adapter", "nginx", "--application", "jira"]));
    const t = await latchkey([
      "token",
      "create",
      "--owner",
      "ada",
      "--name",
      "t",
      "--application",
      "jira",
      "--access",
      "read",
    ]);
    console.log(t);
    console.log(
      JSON.stringify(
        await latchkey(
          [
            "verify",
            "--gateway",
            "gw1",
            "--method",
            "GET",
            "--uri",
            "/rest/api/2/search",
            "--host",
            "jira.corp",
            "--client-ip",
            "192.0.2.1",
          ],
          { stdin: `Bearer ${t.said.secret}` },
        ),
        null,
        1,
      ),
    );
    console.log(await latchkey(["audit", "verify"]));
  });
});
