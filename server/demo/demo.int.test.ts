import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { placeIn } from "#server/postgres/place";
import { stopServer } from "#server/postgres/run";
import { waitFor } from "#server/wait";
import { createInstallation, type TestInstallation } from "#test/installation";
import { type Program, type TemporaryProject, temporaryProject } from "#test/temporary-project";
import { PEOPLE } from "./cast";

const FREE = {
  PORTAL_PORT: "0",
  VERIFIER_PORT: "0",
  MANAGEMENT_PORT: "0",
  GRPC_PORT: "0",
  LATCHKEY_URL: "http://localhost:3000",
};
let project: TemporaryProject;
let installation: TestInstallation;
let data: string;
beforeAll(async () => {
  installation = await createInstallation();
  project = await temporaryProject({ demo: "server/demo.ts", up: "server/up.ts", verifier: "server/verifier.ts" });
  data = join(project.folder, "data/demo");
});
afterAll(async () => {
  await stopServer(placeIn(data));
  project.discard();
  await installation.close();
});

const passwordIn = (program: Program, username: string) =>
  new RegExp(`^  ${username.replace(".", "\\.")} +(\\S+)`, "m").exec(program.said())?.[1];

describe("npm run demo, behind the build", { timeout: 180_000 }, () => {
  test("makes a house of its own, says the passwords once and keeps them for nobody else", async () => {
    const first = project.run("demo", FREE);
    expect([await first.ended, first.complained().replace(/^\(.*\n/gm, "")]).toEqual([0, ""]);
    const passwords = PEOPLE.map(({ username }) => passwordIn(first, username));
    expect(new Set(passwords).size).toBe(PEOPLE.length);
    const kept = join(data, "demo-passwords");
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    for (const password of passwords) expect(readFileSync(kept, "utf8")).toContain(password ?? "none");
    // Otherwise the first start would say that it begins late, beside a month of which it tells nothing.
    expect(readdirSync(join(data, "journal"))).toHaveLength(1);
  });

  test("again only says where they are, and opens nothing", async () => {
    const second = project.run("demo", FREE);
    expect(await second.ended).toBe(0);
    expect(second.said()).toContain(join(data, "demo-passwords"));
    expect(passwordIn(second, PEOPLE[0].username)).toBeUndefined();
  });

  test("leaves a start behind it that finds an administrator and no set-up link", async () => {
    const up = project.run("up", { ...FREE, LATCHKEY_DATA_DIR: data }, ["verifier"]);
    await waitFor(() => up.said().includes("Latchkey is ready.") || up.process.exitCode !== null || undefined, 60_000);
    expect(up.said()).toContain("Latchkey is ready.");
    expect(up.said()).not.toContain("Set up the first administrator");
    up.process.kill("SIGTERM");
    expect(await up.ended).toBe(0);
  });

  test("touches no database that holds something else", async () => {
    const { ownerUrl, portalUrl, verifierUrl, retentionUrl } = installation.database;
    const foreign = {
      ...{ DATABASE_URL: portalUrl, DATABASE_OWNER_URL: ownerUrl },
      ...{ DATABASE_VERIFIER_URL: verifierUrl, DATABASE_RETENTION_URL: retentionUrl },
      LATCHKEY_SECRET: "x".repeat(40),
    };
    const before = await installation.db.auditEvent.count();
    for (const LATCHKEY_DATA_DIR of [data, join(project.folder, "other")]) {
      const refused = project.run("demo", { ...FREE, ...foreign, LATCHKEY_DATA_DIR });
      expect(await refused.ended).toBe(1);
      expect(refused.complained()).toMatch(/^The database of DATABASE_URL holds something that is not this demo's/);
    }
    expect(await installation.db.auditEvent.count()).toBe(before);
    expect(existsSync(join(project.folder, "other/demo-passwords"))).toBe(false);
  });
});
