import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openEmbedded } from "#server/postgres/embedded";
import { placeIn } from "#server/postgres/place";
import { readPostmaster } from "#server/postgres/postmaster";
import { stopServer } from "#server/postgres/run";
import { projectFolder } from "#server/project";
import { bundled, type CommandLine } from "#test/command-line";
import { waitUntil } from "#test/upstreams/wait-until";
import { makeDirectory } from "#test/upstreams/workspace";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const { path: root, remove } = makeDirectory("cli-data");
const data = join(root, "data");
const env = { LATCHKEY_DATA_DIR: data };
let latchkey: CommandLine;

beforeAll(async () => {
  latchkey = (await bundled())(env);
  const { PATH, HOME } = process.env;
  execFileSync(process.execPath, ["dist/apply-migrations.mjs"], {
    cwd: projectFolder(),
    env: { NODE_ENV: "production", PATH, HOME, ...env },
  });
});
afterAll(async () => {
  await stopServer(placeIn(data));
  rmSync(placeIn(data).home, { recursive: true, force: true }); // it may lie elsewhere
  remove();
});

const server = () => readPostmaster(placeIn(data).cluster);
const starts = () =>
  readFileSync(join(placeIn(data).home, "postgres.log"), "utf8").split("starting PostgreSQL").length - 1;
const create = (name: string) => latchkey(["group", "create", "--name", name]);

describe("the embedded database", () => {
  it("is never made by a mistyped folder: one sentence says what to do", async () => {
    const nowhere = join(root, "nowhere");
    const refused = await latchkey(["policy", "list"], { env: { LATCHKEY_DATA_DIR: nowhere } });
    expect(refused).toMatchObject({ status: 1, stdout: "", said: { code: "unavailable" } });
    expect(refused.said.detail).toContain(nowhere);
    expect(refused.said.detail).toContain("npm start");
    expect(existsSync(nowhere)).toBe(false);
  });

  it("is started when nothing runs, with the secret of the data folder, and stopped again; not for wrong usage", async () => {
    const before = starts();
    expect(await create("alone")).toMatchObject({ status: 0, stderr: "", said: { ref: "alone" } });
    expect(server()).toBeNull();
    expect(starts()).toBe(before + 1);
    expect(await latchkey(["group", "create"])).toMatchObject({ status: 2 });
    expect(await create("alone")).toMatchObject({ status: 1, said: { code: "already_exists" } });
    expect(server()).toBeNull();
    expect(starts()).toBe(before + 2);
  });

  it("is one for all who come at once, and the last of them stops it", async () => {
    const names = ["a", "b", "c", "d"];
    const made = await Promise.all(names.map(create));
    expect(made.map(({ status, said }) => [status, said.ref])).toEqual(names.map((name) => [0, name]));
    expect(server()).toBeNull();
  });

  it("goes on when it runs already", async () => {
    const running = await openEmbedded(data);
    const { pid } = server() ?? {};
    expect(pid).toBeGreaterThan(0);
    expect(await create("beside")).toMatchObject({ status: 0 });
    expect(server()).toMatchObject({ pid, status: "ready" });
    await running.close();
    expect(server()).toBeNull();
  });

  it("is not left running where the refusal cannot be written", async () => {
    const { PATH, HOME } = process.env;
    const full = openSync("/dev/full", "w");
    const child = spawn(
      process.execPath,
      ["dist/latchkey.mjs", "group", "add", "--name", "nowhere", "--user", "nobody"],
      {
        cwd: projectFolder(),
        env: { NODE_ENV: "production", PATH, HOME, ...env },
        stdio: ["ignore", "ignore", full],
      },
    );
    closeSync(full);
    expect(await once(child, "exit")).toEqual([1, null]);
    expect(server()).toBeNull();
  });

  it.each(["SIGTERM", "SIGINT"] as const)("is not left running by %s", async (signal) => {
    const { PATH, HOME } = process.env;
    const child = spawn(process.execPath, ["dist/latchkey.mjs", "policy", "list"], {
      cwd: projectFolder(),
      env: { NODE_ENV: "production", PATH, HOME, ...env },
      stdio: "ignore",
    });
    const ended = once(child, "exit");
    await waitUntil("it starts the database", () => server() ?? undefined);
    child.kill(signal);
    await ended;
    expect(server()).toBeNull();
  });
});
