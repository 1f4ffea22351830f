import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TemporaryProject, temporaryProject } from "#test/temporary-project";
import { addressIn, FREE, PORTAL_WITHOUT_PAGES, started } from "#test/up-program";
import { waitUntil } from "#test/upstreams/wait-until";
import { lives as isThere, processesIn } from "#test/workers";
import { placeIn } from "./postgres/place";
import { readPostmaster, runs } from "./postgres/postmaster";
import { stopServer } from "./postgres/run";

let project: TemporaryProject;
let data: string;

beforeAll(async () => {
  project = await temporaryProject({
    up: "server/up.ts",
    verifier: "server/verifier.ts",
    portal: { text: PORTAL_WITHOUT_PAGES },
  });
  data = join(project.folder, "data");
});

afterAll(async () => {
  await stopServer(placeIn(data));
  project.discard();
});

const until = <T>(what: string, question: () => T | undefined | Promise<T | undefined>): Promise<T> =>
  waitUntil(what, question, 40_000);

const childrenOf = (pid: number | undefined): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);

const lives = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const pidOf = async (url: string): Promise<number | undefined> =>
  fetch(url).then(
    async (response) => Number(await response.text()),
    () => undefined,
  );

describe("npm start, behind the build", { timeout: 90_000 }, () => {
  test("starts everything, says where, tells nobody more than needed, and ends everything on SIGTERM with status 0", async () => {
    const up = project.run("up", FREE);
    await started(up);
    expect(up.complained()).toBe("");
    expect(up.said()).toMatch(
      /^Set up the first administrator within an hour: http:\/\/localhost:\d+\/setup#[\w-]{22}$/m,
    );
    for (const name of ["Portal", "Verifier", "Management"])
      expect((await fetch(addressIn(up, name))).status).toBeLessThan(500);
    expect(statSync(join(data, "secret")).mode & 0o777).toBe(0o600);
    const children = childrenOf(up.process.pid);
    expect(children.length).toBeGreaterThanOrEqual(3);

    const environments = children.map((pid) => readFileSync(`/proc/${pid}/environ`, "utf8"));
    const secret = readFileSync(join(data, "secret"), "utf8").trim();
    const passwords: Record<string, string> = JSON.parse(readFileSync(join(placeIn(data).home, "access.json"), "utf8"));
    const told = (text: string | undefined) => environments.filter((each) => text && each.includes(text)).length;
    expect(told(secret)).toBe(1);
    expect([passwords.portal, passwords.verifier, passwords.owner, passwords.admin].map(told)).toEqual([1, 1, 0, 0]);

    const second = project.run("up", FREE);
    expect(await second.ended).toBe(1);
    expect(second.complained()).toMatch(/^The data folder .* is in use by another Latchkey [^\n]*\n$/);

    up.process.kill("SIGTERM");
    expect(await up.ended).toBe(0);
    // Who has ended is seen until somebody has taken note of it.
    await until("the end of all children", () => children.every((pid) => !lives(pid)) || undefined);
  });

  test("refuses to go on with another secret than that of its database", async () => {
    const first = project.run("up", FREE);
    await started(first);
    first.process.kill("SIGINT");
    expect(await first.ended).toBe(0);
    const stranger = project.run("up", { ...FREE, LATCHKEY_SECRET: "0123456789abcdef0123456789abcdef" });
    expect(await stranger.ended).toBe(1);
    expect(stranger.complained()).toMatch(
      /^LATCHKEY_SECRET is not the one with which this database was set up: [^\n]+\n$/,
    );
  });

  test("killed without a chance, it leaves nothing that keeps the next start from simply working", async () => {
    const up = project.run("up", { ...FREE, VERIFIER_WORKERS: "2" });
    await started(up);
    const verifiers = processesIn(join(project.folder, "dist", "verifier.mjs"));
    expect(verifiers).toHaveLength(3);
    const portal = await pidOf(addressIn(up, "Portal"));
    const ports = { ...FREE, PORTAL_PORT: new URL(addressIn(up, "Portal")).port };
    up.process.kill("SIGKILL");
    await up.ended;
    const again = project.run("up", ports);
    await started(again);
    expect(await pidOf(addressIn(again, "Portal"))).not.toBe(portal);
    // It left its port in time for the next; it may take a moment longer to be gone itself.
    await until("the end of the orphan", () => !(portal && lives(portal)) || undefined);
    await until("the end of all verifiers", () => !verifiers.some(isThere) || undefined);
    // Under npm one Ctrl-C arrives twice.
    again.process.kill("SIGINT");
    again.process.kill("SIGINT");
    expect(await again.ended).toBe(0);
    expect(readPostmaster(placeIn(data).cluster)).toBeNull();
  });

  test("starts again what dies: a process of ours, and the database at its old place", async () => {
    const up = project.run("up", FREE);
    await started(up);
    const portal = addressIn(up, "Portal");
    const before = await until("the portal", () => pidOf(portal));
    process.kill(before, "SIGKILL");
    await until("another portal", async () => {
      const now = await pidOf(portal);
      return now !== undefined && now !== before ? now : undefined;
    });
    const { cluster } = placeIn(data);
    const server = readPostmaster(cluster);
    if (!server) throw new Error("no server");
    process.kill(server.pid, "SIGKILL");
    const next = await until("another server", () => {
      const found = readPostmaster(cluster);
      return found && found.pid !== server.pid && found.status === "ready" ? found : undefined;
    });
    expect(next.port).toBe(server.port);
    await until("a verifier that can decide", async () =>
      (await fetch(`${addressIn(up, "Management")}/readyz`)).status === 200 ? true : undefined,
    );
    up.process.kill("SIGINT");
    expect(await up.ended).toBe(0);
    expect(runs(next.pid, cluster)).toBe(false);
  });
});

describe("a wrong configuration ends with one sentence that says what to do, and status 1", { timeout: 60_000 }, () => {
  const secret = { LATCHKEY_SECRET: "0123456789abcdef0123456789abcdef" };
  const away = "postgresql://latchkey:hunter2@127.0.0.1:1/latchkey";

  test.each([
    ["a URL that is none", { LATCHKEY_URL: "tokens" }, /^LATCHKEY_URL must be/],
    ["plain http for others", { LATCHKEY_URL: "http://tokens.example.com" }, /^LATCHKEY_URL must begin with https/],
    ["no secret", { DATABASE_URL: away }, /^LATCHKEY_SECRET is not set.*openssl rand/],
    [
      "a database that is away",
      { DATABASE_URL: away, ...secret },
      /^The database 127\.0\.0\.1:1\/latchkey \(DATABASE_URL\).*start PostgreSQL/,
    ],
    ["half a set of databases", { DATABASE_OWNER_URL: away }, /^DATABASE_URL is not set, but DATABASE_OWNER_URL/],
    ["the verifier in clear for others", { VERIFIER_BIND: "0.0.0.0" }, /^VERIFIER_BIND 0\.0\.0\.0 can be reached/],
    ["what is not built yet", { SMTP_URL: "smtp://mail" }, /^SMTP_URL is not supported yet/],
    [
      "a data folder that cannot be",
      { LATCHKEY_DATA_DIR: "/proc/latchkey" },
      /^The data folder \/proc\/latchkey cannot be written/,
    ],
  ])("%s", async (_what, variables, sentence) => {
    const up = project.run("up", { ...FREE, ...variables });
    expect(await up.ended).toBe(1);
    expect(up.complained()).toMatch(sentence);
    expect(up.complained()).toMatch(/^[^\n]+\.\n$/);
    expect(up.said() + up.complained()).not.toContain("hunter2");
  });

  test("a port in use, and nothing stays running", async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, "127.0.0.1", () => {
        const bound = other.address();
        resolve(typeof bound === "object" && bound ? bound.port : 0);
      });
    });
    const up = project.run("up", { ...FREE, VERIFIER_PORT: String(port) });
    expect(await up.ended).toBe(1);
    expect(up.complained()).toMatch(
      /^Port \d+ of 127\.0\.0\.1 \(verifier\) is in use by another program: [^\n]*VERIFIER_PORT[^\n]*\n$/,
    );
    expect(readPostmaster(placeIn(data).cluster)).toBeNull();
    other.close();
  });
});

// Last, because it leaves the installation with another secret than the one in its data folder.
test("a changed secret needs the one before for one start, and then never again", { timeout: 120_000 }, async () => {
  const before = readFileSync(join(data, "secret"), "utf8").trim();
  const LATCHKEY_SECRET = "another secret, of more than thirty-two characters";
  const kidsUnder = async (variables: Readonly<Record<string, string>>): Promise<string[]> => {
    const up = project.run("up", { ...FREE, ...variables });
    await started(up);
    const { keys } = await (await fetch(`${addressIn(up, "Verifier")}/.well-known/jwks.json`)).json();
    up.process.kill("SIGTERM");
    expect(await up.ended).toBe(0);
    return keys.map(({ kid }: { kid: string }) => kid).toSorted();
  };
  const kids = await kidsUnder({});
  expect(kids).toHaveLength(2);
  // Verifiers are told what opens their keys, of both secrets.
  expect(await kidsUnder({ LATCHKEY_SECRET, LATCHKEY_SECRET_PREVIOUS: before })).toEqual(kids);
  expect(await kidsUnder({ LATCHKEY_SECRET })).toEqual(kids);
  expect(await project.run("up", FREE).ended).toBe(1);
});
