import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectFolder } from "#server/project";
import { StartFailure } from "#server/start-failure";
import { openEmbedded } from "./embedded";
import { placeIn } from "./place";
import { readPostmaster, runs } from "./postmaster";
import { stopServer } from "./run";
import { runningUrls } from "./urls";

const root = mkdtempSync(join(tmpdir(), "latchkey-embedded-"));
const program = join(projectFolder(), "dist", `embedded-${process.pid}.mjs`);
const folders = [join(root, "shared")];

// Nothing here has to survive the machine.
const settings = ["fsync=off"];
const open = (folder: string, supervisor = false) => openEmbedded(folder, { settings, supervisor });

/** A program of its own that opens the database of a folder, says so, and holds it until it is killed or told to close. */
const HOLDER = `
import { openEmbedded } from "#server/postgres/embedded";
const options = { supervisor: process.argv[3] === "supervisor", settings: ["fsync=off"] };
const database = await openEmbedded(process.argv[2] ?? "", options);
process.on("SIGTERM", async () => { await database.close(); process.exit(0); });
process.stdout.write("open\\n");
setInterval(() => undefined, 1000);
`;

beforeAll(async () => {
  chmodSync(root, 0o711);
  const stdin = { contents: HOLDER, resolveDir: projectFolder(), loader: "ts" as const };
  await build({ stdin, outfile: program, bundle: true, packages: "external", platform: "node", format: "esm" });
});

const holders: ChildProcess[] = [];

afterAll(async () => {
  for (const holder of holders) holder.kill("SIGKILL");
  for (const folder of folders) await stopServer(placeIn(folder));
  rmSync(root, { recursive: true, force: true });
  rmSync(program, { force: true });
});

/** Where a database is made already. */
const shared = (): string => join(root, "shared");

function freshFolder(): string {
  const folder = join(root, `data-${folders.length}`);
  folders.push(folder);
  return folder;
}

async function hold(folder: string, as = "user"): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program, folder, as], { stdio: ["ignore", "pipe", "inherit"] });
  holders.push(child);
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once("data", () => resolve());
    child.once("exit", () => reject(new Error("the holder ended before it had the database")));
  });
  return child;
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  return new Promise((resolve) => {
    child.once("exit", (code) => resolve(code));
    child.kill(signal);
  });
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: "array" })).rows[0]?.[0];
  } finally {
    await client.end();
  }
}

const server = (folder: string) => readPostmaster(placeIn(folder).cluster);

describe("the embedded database", { timeout: 60_000 }, () => {
  test("knows all letters, listens on this machine only, and has four roles of which none is a superuser", async () => {
    const folder = shared();
    const database = await open(folder);
    expect(await ask(database.ownerUrl, "SELECT lower('ÄÖÜ') || current_setting('server_encoding')")).toBe("äöüUTF8");
    expect(await ask(database.adminUrl, "SELECT current_setting('listen_addresses')")).toBe("127.0.0.1");
    expect(
      await ask(database.adminUrl, "SELECT count(*) FROM pg_roles WHERE rolsuper AND rolname LIKE 'latchkey%'"),
    ).toBe("0");
    for (const url of [database.ownerUrl, database.portalUrl, database.verifierUrl, database.retentionUrl]) {
      expect(await ask(url, "SELECT current_user")).toBe(new URL(url).username);
    }
    const wrong = new URL(database.portalUrl);
    wrong.password = "wrong";
    await expect(ask(wrong.href, "SELECT 1")).rejects.toMatchObject({ code: "28P01" });
    await database.close();
    expect(server(folder)).toBeNull();
  });

  test("keeps passwords where nobody else can read them", async () => {
    const folder = shared();
    await (await open(folder)).close();
    const { home, cluster } = placeIn(folder);
    expect(statSync(join(home, "access.json")).mode & 0o777).toBe(0o600);
    expect(statSync(cluster).mode & 0o777).toBe(0o700);
    expect(readdirSync(home).sort()).toEqual(["access.json", "cluster", "port", "postgres.log"]);
  });

  test("is taken over where it still runs after its starter was killed, and what was written is there", async () => {
    const folder = shared();
    const holder = await hold(folder, "supervisor");
    await ask(runningUrls(folder).ownerUrl, "CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS answer");
    const before = server(folder);
    await ended(holder, "SIGKILL");
    const database = await open(folder, true);
    expect(server(folder)).toEqual(before);
    expect(await ask(database.ownerUrl, "SELECT answer FROM kept")).toBe(42);
    await database.close();
  });

  test("starts again, at the same port, after everything was killed, although its file still names a process", async () => {
    const folder = shared();
    const database = await open(folder);
    await ask(database.ownerUrl, "CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS answer");
    const before = server(folder);
    if (!before) throw new Error("no server");
    process.kill(before.pid, "SIGKILL");
    await database.lost;
    const again = await open(folder);
    expect(server(folder)).toMatchObject({ port: before.port });
    expect(server(folder)?.pid).not.toBe(before.pid);
    expect(await ask(again.ownerUrl, "SELECT answer FROM kept")).toBe(42);
    await again.close();
  });

  test("starts again at another port where somebody else has taken its own", async () => {
    const folder = shared();
    const database = await open(folder);
    const before = server(folder);
    if (!before) throw new Error("no server");
    await database.close();
    const other = createServer().listen(before.port, "127.0.0.1");
    await once(other, "listening");
    const again = await open(folder);
    expect(server(folder)?.port).not.toBe(before.port);
    expect(await ask(again.ownerUrl, "SELECT 1")).toBe(1);
    await again.close();
    other.close();
  });

  test("is not kept from starting by a file that names somebody else's process", async () => {
    const folder = shared();
    await (await open(folder)).close();
    const { cluster, account } = placeIn(folder);
    const innocent = spawn("sleep", ["60"], { ...account, stdio: "ignore" });
    writeFileSync(join(cluster, "postmaster.pid"), `${innocent.pid}\n${cluster}\n1\n1\n\n127.0.0.1\n 1 1\nready   \n`);
    const database = await open(folder);
    expect(await ask(database.ownerUrl, "SELECT 1")).toBe(1);
    await database.close();
    innocent.kill("SIGKILL");
  });

  test("is made and started once, however many begin at the same time, and ends with the last of them", async () => {
    const folder = freshFolder();
    const users = await Promise.all([hold(folder), hold(folder), hold(folder)]);
    const running = server(folder);
    if (!running) throw new Error("no server");
    const [first, second, third] = users;
    for (const holder of [first, second]) expect(holder && (await ended(holder, "SIGTERM"))).toBe(0);
    expect(server(folder)).toEqual(running);
    expect(third && (await ended(third, "SIGTERM"))).toBe(0);
    expect(runs(running.pid, placeIn(folder).cluster)).toBe(false);
    expect(readdirSync(folder)).toEqual(["postgres"]);
  });

  test("has one supervisor: the second is refused in a sentence, and the CLI is not", async () => {
    const folder = shared();
    const holder = await hold(folder, "supervisor");
    await expect(open(folder, true)).rejects.toThrow(/in use by another Latchkey.*LATCHKEY_DATA_DIR/);
    await (await open(folder)).close();
    expect(server(folder)).not.toBeNull();
    await ended(holder, "SIGTERM");
  });

  test("killed while it was being made, it is made anew and the draft is swept up", async () => {
    const folder = freshFolder();
    mkdirSync(join(folder, "postgres.new-4194305", "cluster"), { recursive: true });
    chmodSync(folder, 0o711);
    const database = await open(folder);
    expect(await ask(database.ownerUrl, "SELECT 1")).toBe(1);
    await database.close();
    expect(readdirSync(folder)).toEqual(["postgres"]);
  });

  test("lies elsewhere, and works, where the user that runs PostgreSQL cannot get to the data folder", async () => {
    const folder = join(freshFolder(), "private");
    mkdirSync(folder, { recursive: true });
    chmodSync(join(folder, ".."), 0o700);
    folders.push(folder);
    const database = await open(folder);
    expect(await ask(database.ownerUrl, "SELECT 1")).toBe(1);
    await database.close();
    const { home } = placeIn(folder);
    expect(home.startsWith(folder)).toBe(process.getuid?.() !== 0);
    if (!home.startsWith(folder)) rmSync(home, { recursive: true });
  });

  test("says what PostgreSQL said when it cannot start", async () => {
    await expect(openEmbedded(shared(), { settings: ["shared_buffers=plenty"] })).rejects.toThrow(
      /does not start: .*FATAL.*shared_buffers.*postgres\.log/,
    );
  });

  test("says what is wrong when the data folder cannot be one, or was made by another PostgreSQL", async () => {
    const file = join(root, "file");
    writeFileSync(file, "");
    await expect(open(join(file, "data"))).rejects.toThrow(StartFailure);
    const folder = shared();
    const version = join(placeIn(folder).cluster, "PG_VERSION");
    writeFileSync(version, "17\n");
    await expect(open(folder)).rejects.toThrow(/made by PostgreSQL 17 and this version brings 18/);
    writeFileSync(version, "18\n");
  });
});
