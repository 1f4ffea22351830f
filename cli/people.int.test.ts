import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { verifyPassword } from "#lib/auth/password";
import { ok } from "#lib/errors/error";
import { type CommandLine, commandLineOf } from "#test/command-line";
import { enrol } from "#test/factors";
import { createInstallation, type TestInstallation } from "#test/installation";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

let installation: TestInstallation;
let latchkey: CommandLine;
beforeAll(async () => {
  installation = await createInstallation();
  latchkey = await commandLineOf(installation);
});
afterAll(() => installation.close());

const PASSWORD = "a quiet harbour at dusk";
const make = (...args: string[]) => latchkey(["user", "create", "--username", ...args]);

describe("admin create", () => {
  it("makes an administrator whose password came on stdin, prints the user and no password, and audits the operator", async () => {
    const args = ["admin", "create", "--username", "root.admin", "--email", "root@corp.example"];
    const made = await latchkey(args, { stdin: `${PASSWORD}\n` });
    expect(made).toMatchObject({ status: 0, stderr: "" });
    expect(made.said).toMatchObject({
      username: "root.admin",
      email: "root@corp.example",
      role: "admin",
      kind: "person",
    });
    expect(made.said).toMatchObject({ id: expect.any(String), groups: ["admins"], version: 1 });
    expect(made.stdout).not.toContain(PASSWORD);
    const event = await installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(event).toMatchObject({ action: "user.created", actorKind: "cli", subjectName: "root.admin" });
    expect(event.actorName).not.toBe("");
    const again = await latchkey(args, { stdin: PASSWORD });
    expect(again).toMatchObject({ status: 1, stdout: "", said: { code: "already_exists", status: 409 } });
  });

  it("takes no password that is short, binary or too long for stdin", async () => {
    const [short, long, binary] = await Promise.all([
      latchkey(["admin", "create", "--username", "eve"], { stdin: "short\n" }),
      latchkey(["admin", "create", "--username", "eve"], { stdin: "x".repeat(70_000) }),
      latchkey(["admin", "create", "--username", "eve"], { stdin: Buffer.from([0xff, 0xfe, 0xff]) }),
    ]);
    expect(short).toMatchObject({ status: 1, said: { code: "invalid_input", errors: [{ path: "password" }] } });
    expect(long).toMatchObject({ status: 1, said: { code: "too_large" } });
    expect(binary).toMatchObject({ status: 2, said: { code: "malformed" } });
    expect(await installation.db.user.count({ where: { username: "eve" } })).toBe(0);
  });
});

describe("user", () => {
  it("is made as REST shows it, in any alphabet, in groups, as a person or a service account", async () => {
    const [person, service] = await Promise.all([
      make("Ольга", "--display-name", "Ольга Ладыженская 🔑", "--email", "olga@corp.example", "--group", "api-users"),
      make("ci bot", "--kind", "service"),
    ]);
    expect(person.said).toMatchObject({
      username: "Ольга",
      displayName: "Ольга Ладыженская 🔑",
      groups: ["api-users"],
    });
    expect(person.said).toMatchObject({
      tier: "API users",
      enforcement: { outstanding: [], sequence: expect.any(String) },
    });
    expect(service).toMatchObject({
      status: 0,
      said: { username: "ci bot", kind: "service", tier: "Service accounts" },
    });
  });

  it("has a password only from stdin, to the byte but for one line end", async () => {
    const made = await latchkey(["user", "create", "--username", "pia", "--password-stdin"], {
      stdin: ` ${PASSWORD} \r\n`,
    });
    expect(made).toMatchObject({ status: 0, said: { username: "pia" } });
    const { hash } = await installation.db.passwordCredential.findFirstOrThrow({
      where: { user: { username: "pia" } },
      select: { hash: true },
    });
    const verdicts = [` ${PASSWORD} `, PASSWORD].map((each) => verifyPassword(each, hash));
    expect(await Promise.all(verdicts)).toEqual([ok(true), ok(false)]);
  });

  it("is refused with the field that is wrong, on stderr alone; what cannot be understood is wrong usage", async () => {
    const [taken, group, usage] = await Promise.all([
      make("token"),
      make("x", "--group", "nobody-knows"),
      make("x", "--kind", "robot"),
    ]);
    expect(taken).toMatchObject({ status: 1, stdout: "", said: { code: "invalid_input", status: 422 } });
    expect(group).toMatchObject({ status: 1, stdout: "", said: { errors: [{ path: "groups.0" }] } });
    expect(usage).toMatchObject({ status: 2, stdout: "", said: { code: "malformed", status: 400 } });
  });

  it("is deactivated and let back in by name, whatever its case; again changes nothing", async () => {
    await make("leaver", "--group", "api-users");
    const gone = await latchkey(["user", "deactivate", "--username", "LEAVER"]);
    expect(gone.said).toMatchObject({ username: "leaver", deactivatedAt: expect.any(String), enforcement: {} });
    const again = await latchkey(["user", "deactivate", "--username", "leaver"]);
    expect(again).toMatchObject({ status: 0, said: { deactivatedAt: gone.said.deactivatedAt } });
    expect(again.said.enforcement).toBeUndefined();
    const back = await latchkey(["user", "reactivate", "--username", "leaver"]);
    expect(back).toMatchObject({ status: 0, said: { deactivatedAt: null } });
    const nobody = await latchkey(["user", "deactivate", "--username", "nobody"]);
    expect(nobody).toMatchObject({ status: 1, stdout: "", said: { code: "not_found", status: 404 } });
  });
});

describe("who cannot sign in any more", () => {
  it("gets a new password from the operator, and is signed out everywhere", async () => {
    await make("forgetful");
    const before = await latchkey(["user", "set-password", "--username", "forgetful"], { stdin: "short" });
    expect(before).toMatchObject({ status: 1, said: { code: "invalid_input" } });
    const { sessionId, userId } = await installation.viewer("forgetful");
    const args = ["user", "set-password", "--username", "FORGETFUL", "--password-stdin"];
    const set = await latchkey(args, { stdin: "seven brass keys on a ring\n" });
    expect(set).toMatchObject({ status: 0, said: { username: "forgetful", endedSessions: 1 } });
    expect(set.stdout).not.toContain("brass");
    const { hash } = await installation.db.passwordCredential.findUniqueOrThrow({
      where: { userId },
      select: { hash: true },
    });
    expect(await verifyPassword("seven brass keys on a ring", hash)).toEqual(ok(true));
    const session = await installation.db.session.findUniqueOrThrow({ where: { id: sessionId } });
    expect(session.endedAt).not.toBeNull();
    const service = await make("no-person", "--kind", "service");
    const robot = await latchkey(["user", "set-password", "--username", String(service.said.username)], {
      stdin: "seven brass keys on a ring",
    });
    expect(robot).toMatchObject({ status: 1, said: { code: "forbidden" } });
  });

  it("loses every second factor by the operator's hand, once", async () => {
    await make("unlucky");
    await enrol(installation, await installation.viewer("unlucky"), Date.now());
    const reset = () => latchkey(["user", "reset-factors", "--username", "unlucky"]);
    expect(await reset()).toMatchObject({ status: 0, said: { username: "unlucky", removed: 1 } });
    expect(await reset()).toMatchObject({ status: 0, said: { removed: 0 } });
    const nobody = await latchkey(["user", "reset-factors", "--username", "nobody"]);
    expect(nobody).toMatchObject({ status: 1, said: { code: "not_found" } });
  });
});

describe("group", () => {
  it("is made, filled and emptied; repeating is done already", async () => {
    await Promise.all([make("gil"), make("gus")]);
    const made = await latchkey(["group", "create", "--name", "Деактив 42"]);
    expect(made).toMatchObject({ status: 0, said: { ref: "Деактив 42", memberCount: 0, role: null } });
    const members = (verb: string, ...args: string[]) => latchkey(["group", verb, "--name", "Деактив 42", ...args]);
    expect((await members("add", "--user", "gil", "--user", "GUS")).said).toMatchObject({
      memberCount: 2,
      enforcement: {},
    });
    expect(await members("add", "--user", "gil")).toMatchObject({ status: 0, said: { memberCount: 2 } });
    expect((await members("remove", "--user", "gus")).said).toMatchObject({ memberCount: 1 });
    const refused = await Promise.all([
      members("add", "--user", "nobody"),
      latchkey(["group", "add", "--name", "nowhere", "--user", "gil"]),
      latchkey(["group", "create", "--name", "Деактив 42"]),
    ]);
    expect(refused.map(({ status, said }) => [status, said.code])).toEqual([
      [1, "invalid_input"],
      [1, "not_found"],
      [1, "already_exists"],
    ]);
  });

  it("keeps its last administrator, whoever asks", async () => {
    const last = await latchkey(["group", "remove", "--name", "admins", "--user", "root.admin"]);
    expect(last).toMatchObject({ status: 1, said: { code: "last_admin" } });
  });
});
