import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type CommandLine, commandLineOf, type Ran } from "#test/command-line";
import { createInstallation, type TestInstallation } from "#test/installation";
import { seedApplication, seedGateway } from "#test/seeded";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const SECRET = /lk_[0-9A-Za-z]{38}/;

let installation: TestInstallation;
let latchkey: CommandLine;
const folder = mkdtempSync(join(tmpdir(), "latchkey-cli-"));

beforeAll(async () => {
  installation = await createInstallation();
  latchkey = await commandLineOf(installation);
  await seedGateway(installation.db, "gw1", "unused", [await seedApplication(installation.db, "jira")]);
  await installation.person("ada", ["api-users"]);
  await latchkey(["user", "create", "--username", "bot", "--kind", "service"]);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await installation.close();
});

const create = (...args: string[]) =>
  latchkey([
    "token",
    "create",
    "--owner",
    "ada",
    "--name",
    "nightly",
    "--application",
    "jira",
    "--access",
    "read",
    ...args,
  ]);
const made = async (...args: string[]): Promise<{ id: string; secret: string }> => {
  const { token, secret } = (await create(...args)).said;
  return { id: String(Object(token).id), secret: String(secret) };
};
const codes = (all: readonly Ran[]) => all.map(({ status, said }) => [status, said.code]);

describe("token create", () => {
  it("makes the owner's own token as if the owner had asked; the operator is bound by the tier", async () => {
    const own = await create("--expires", "90d", "--ip", "10.0.0.0/8", "--description", "Nachts um drei");
    expect(own).toMatchObject({
      status: 0,
      stderr: "",
      said: { secret: expect.stringMatching(SECRET), enforcement: {} },
    });
    expect(own.said.token).toMatchObject({
      ...{
        owner: { username: "ada" },
        grant: { by: "tier", name: "API users" },
        applications: ["jira"],
        access: "read",
      },
      ...{ ipRanges: ["10.0.0.0/8"], description: "Nachts um drei", status: "active" },
    });
    const [longer, never, passed] = await Promise.all([
      create("--expires", "91d"),
      create("--expires", "never"),
      create("--expires", "never", "--override"),
    ]);
    expect(codes([longer, never])).toEqual([
      [1, "limit_exceeded"],
      [1, "limit_exceeded"],
    ]);
    expect(longer.said.errors).toMatchObject([{ path: "expiresAt", source: { kind: "tier", name: "API users" } }]);
    expect(passed).toMatchObject({ status: 0, said: { token: { expiresAt: null } } });
    expect(await installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } })).toMatchObject({
      ...{ actorKind: "cli", action: "token.created", detail: { after: { override: true } } },
    });
  });

  it("issues by a delegation, which service accounts need", async () => {
    const bot = (...args: string[]) =>
      latchkey([
        "token",
        "create",
        "--owner",
        "bot",
        "--name",
        "sync",
        "--application",
        "all",
        "--access",
        "write",
        ...args,
      ]);
    expect(await bot()).toMatchObject({ status: 1, said: { code: "not_granted" } });
    const issued = await bot("--delegation", "Integrations", "--expires", "never");
    expect(issued.said).toMatchObject({
      ...{ token: { grant: { by: "delegation", name: "Integrations" }, applications: "all", expiresAt: null } },
    });
  });

  it("takes the body of REST, and refuses what contradicts it, is wrong, or is for the portal itself", async () => {
    const body = { name: "by JSON", applications: ["jira"], access: "write", ipRanges: ["192.0.2.0/24"] };
    const json = (change: object, ...args: string[]) =>
      latchkey(["token", "create", "--owner", "ada", "--json", "-", ...args], {
        stdin: JSON.stringify({ ...body, ...change }),
      });
    expect((await json({ labels: ["ci"] })).said.token).toMatchObject({
      name: "by JSON",
      labels: ["ci"],
      access: "write",
    });
    expect(
      codes(
        await Promise.all([
          json({}, "--access", "read"),
          json({ pathRules: ["GET rest"] }),
          json({ applications: ["latchkey"] }),
          json({ name: undefined }),
          latchkey(["token", "create", "--owner", "eve", "--name", "x", "--application", "jira", "--access", "read"]),
        ]),
      ),
    ).toEqual([
      [2, "malformed"],
      [1, "invalid_input"],
      [1, "forbidden"],
      [1, "invalid_input"],
      [1, "not_found"],
    ]);
  });
});

describe("--secret-file", () => {
  it("takes the secret, readable by nobody else, and leaves it out of what is printed", async () => {
    const file = join(folder, "секрет");
    const kept = await create("--secret-file", file);
    expect(kept).toMatchObject({ status: 0, stderr: "", said: { token: { name: "nightly" } } });
    expect(kept.stdout).not.toMatch(SECRET);
    expect(readFileSync(file, "utf8")).toMatch(new RegExp(`^${SECRET.source}$`));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const id = String(Object(kept.said.token).id);
    const next = join(folder, "next");
    await latchkey(["token", "rotate", "--id", id, "--overlap", "now", "--secret-file", next]);
    expect(readFileSync(next, "utf8")).toMatch(SECRET);
    const key = join(folder, "key");
    const rotated = await latchkey(["gateway", "rotate-secret", "--key", "gw1", "--secret-file", key]);
    expect(rotated.said).not.toHaveProperty("secret");
    expect(readFileSync(key, "utf8").length).toBeGreaterThan(20);
  });

  it("is never overwritten, and nothing is made when it cannot be: nor is it left behind by a refusal", async () => {
    const before = await installation.db.token.count();
    const file = join(folder, "taken");
    writeFileSync(file, "mine");
    const refused = join(folder, "refused");
    expect(
      codes(
        await Promise.all([
          create("--secret-file", file),
          create("--secret-file", join(folder, "no", "where")),
          create("--secret-file", refused, "--expires", "never"),
          create("--secret-file", refused, "--secret-file", file),
        ]),
      ),
    ).toEqual([
      [1, "already_exists"],
      [2, "malformed"],
      [1, "limit_exceeded"],
      [2, "malformed"],
    ]);
    expect(readFileSync(file, "utf8")).toBe("mine");
    expect(statSync(refused, { throwIfNoEntry: false })).toBeUndefined();
    expect(await installation.db.token.count()).toBe(before);
  });
});

describe("the life of a token", () => {
  it("is suspended, resumed, rotated and revoked by id; revoking again is done already", async () => {
    const { id } = await made();
    const run = (verb: string, ...args: string[]) => latchkey(["token", verb, "--id", id, ...args]);
    expect((await run("suspend", "--note", "Отпуск")).said).toMatchObject({
      status: "suspended",
      suspension: { note: "Отпуск" },
    });
    expect((await run("resume")).said).toMatchObject({ status: "active", suspension: null, enforcement: {} });
    const rotated = await run("rotate", "--overlap", "1h");
    expect(rotated.said).toMatchObject({ secret: expect.stringMatching(SECRET), token: { rotatedFrom: id } });
    expect(await run("rotate")).toMatchObject({ status: 1, said: { code: "stale" } });
    const revoked = await run("revoke", "--reason", "key_compromise", "--note", "on a screenshot", "--only");
    expect(revoked.said).toMatchObject({ status: "revoked", revocation: { reason: "key_compromise" } });
    const again = await run("revoke");
    expect(again).toMatchObject({ status: 0, said: { revocation: { reason: "key_compromise" } } });
    expect(again.said.enforcement).toBeUndefined();
    const [nowhere, noId, noReason] = await Promise.all([
      latchkey(["token", "revoke", "--id", "01920000-0000-7000-8000-000000000000"]),
      latchkey(["token", "revoke", "--id", "7"]),
      run("revoke", "--reason", "because"),
    ]);
    expect(codes([nowhere, noId, noReason])).toEqual([
      [1, "not_found"],
      [1, "invalid_input"],
      [2, "malformed"],
    ]);
  });

  it("is listed by owner and status, never with its secret", async () => {
    const listed = await latchkey(["token", "list", "--owner", "ADA", "--status", "revoked"]); // or superseded beyond its overlap
    const [first, second] = [{ revocation: { reason: "key_compromise" } }, { revocation: null }];
    expect(listed.said).toMatchObject({ items: [first, second], nextCursor: null });
    const [all, wrong] = await Promise.all([
      latchkey(["token", "list"]),
      latchkey(["token", "list", "--status", "gone"]),
    ]);
    expect(all.stdout).not.toMatch(SECRET);
    expect(all.stdout).not.toContain("digest");
    expect(wrong).toMatchObject({ status: 2 });
  });
});
