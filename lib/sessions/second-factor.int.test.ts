import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { visitor } from "#lib/auth/actors";
import { preparePassword } from "#lib/auth/password";
import { execute } from "#lib/commands/execute";
import { STEP_MS } from "#lib/factors/totp";
import { type App, codeAt, enrol } from "#test/factors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { confirmPresence } from "./commands/confirm";
import { signIn } from "./commands/sign-in";

const PASSWORD = "correct zebra staple 9";
const NOW = Date.UTC(2026, 10, 22, 12);
const later = (steps: number) => NOW + steps * STEP_MS;
const HOME = "192.0.2.1";
let installation: TestInstallation;
let mara: App;
let otto: App;

beforeAll(async () => {
  installation = await createInstallation(NOW);
  const prepared = await preparePassword(PASSWORD, []);
  if (!prepared.ok) throw new Error(prepared.refusal.detail);
  for (const name of ["mara", "otto", "uma"]) {
    const { id } = await installation.person(name);
    await installation.db.passwordCredential.create({ data: { userId: id, hash: prepared.value.hash } });
  }
  mara = await enrol(installation, await installation.viewer("mara"), NOW);
  otto = await enrol(installation, await installation.viewer("otto"), NOW);
});
afterAll(() => installation.close());
beforeEach(() => installation.db.signInThrottle.deleteMany());

const knock = (given: object, now: number, address = HOME) =>
  execute(installation.db, signIn, visitor(address, "test"), { username: "mara", password: PASSWORD, ...given }, now);
const codeOf = (done: Awaited<ReturnType<typeof knock>>) => (done.ok ? "ok" : done.refusal.code);

describe("signing in with a second factor", () => {
  it("asks for it after the right password only, and in the same words as ever after a wrong one", async () => {
    expect(codeOf(await knock({}, later(2)))).toBe("second_factor_required");
    const wrong = await knock({ password: "not the password 1" }, later(2));
    expect(wrong).toEqual(await knock({ username: "nobody" }, later(2)));
    const withCode = await knock({ password: "not the password 1", code: codeAt(mara.secret, later(2)) }, later(2));
    expect(withCode).toEqual(wrong);
  });

  it("opens a session that has proved one; who has none signs in without", async () => {
    const done = await knock({ code: codeAt(mara.secret, later(4)) }, later(4));
    if (!done.ok) throw new Error(done.refusal.detail);
    const where = { id: done.value.output.sessionId };
    expect((await installation.db.session.findUniqueOrThrow({ where })).secondFactorAt?.getTime()).toBe(later(4));
    const plain = await knock({ username: "uma" }, later(4));
    if (!plain.ok) throw new Error(plain.refusal.detail);
    const session = await installation.db.session.findUniqueOrThrow({ where: { id: plain.value.output.sessionId } });
    expect(session.secondFactorAt).toBeNull();
  });

  it("takes a code once, and none that is older", async () => {
    const code = codeAt(mara.secret, later(6));
    expect(codeOf(await knock({ code }, later(6)))).toBe("ok");
    expect(codeOf(await knock({ code }, later(6)))).toBe("invalid_input");
    expect(codeOf(await knock({ code: codeAt(mara.secret, later(5)) }, later(6)))).toBe("invalid_input");
    expect(codeOf(await knock({ code: codeAt(mara.secret, later(7)) }, later(6)))).toBe("ok");
  });

  it("lets one of two in who come with one code at the same time", async () => {
    const code = codeAt(mara.secret, later(10));
    const both = await Promise.all([knock({ code }, later(10)), knock({ code }, later(10), "198.51.100.4")]);
    expect(both.map(codeOf).sort()).toEqual(["invalid_input", "ok"]);
  });

  it("takes nobody else's code, and nobody else's recovery code", async () => {
    expect(codeOf(await knock({ code: codeAt(otto.secret, later(12)) }, later(12)))).toBe("invalid_input");
    expect(codeOf(await knock({ code: otto.recoveryCodes[0] }, later(12)))).toBe("invalid_input");
  });

  it("takes a recovery code once, of two at the same time too, and the log tells of it", async () => {
    const [code, another] = mara.recoveryCodes;
    expect(codeOf(await knock({ code: code?.toUpperCase() }, later(14)))).toBe("ok");
    expect(codeOf(await knock({ code }, later(14)))).toBe("invalid_input");
    const both = await Promise.all([
      knock({ code: another }, later(14)),
      knock({ code: another }, later(14), "198.51.100.5"),
    ]);
    expect(both.map(codeOf).sort()).toEqual(["invalid_input", "ok"]);
    const told = await installation.db.auditEvent.findMany({ where: { action: "user.recovery-code-used" } });
    expect(told.map((event) => event.detail)).toEqual([
      { before: null, after: { left: 9 } },
      { before: null, after: { left: 8 } },
    ]);
  });

  it("bounds what it looks at", async () => {
    for (const odd of [{ code: "1".repeat(2_000_000) }, { code: 123456 }, { passkey: "{}" }, { passkey: {} }]) {
      expect(codeOf(await knock(odd, later(16)))).toBe("invalid_input");
    }
    expect(codeOf(await knock({ code: "" }, later(16)))).toBe("invalid_input");
  });
});

describe("guessing at codes", () => {
  it("takes longer and longer, and a right password in between forgives nothing", async () => {
    const from = "198.51.100.20";
    const said: string[] = [];
    for (let guess = 0; guess < 4; guess += 1) {
      said.push(codeOf(await knock({ code: "000000" }, later(20), from)));
      said.push(codeOf(await knock({}, later(20), from)));
    }
    expect(said).toContain("too_many_requests");
    expect(said.filter((each) => each === "invalid_input").length).toBeLessThanOrEqual(3);
  });

  it("is counted over all unknown addresses, and never keeps its owner out of one that they know", async () => {
    let refused = 0;
    for (let guess = 0; guess < 12; guess += 1) {
      const done = await knock({ code: "000000" }, later(24), `203.0.113.${guess}`);
      if (codeOf(done) === "too_many_requests") refused += 1;
    }
    expect(refused).toBeGreaterThanOrEqual(6);
    const row = await installation.db.signInThrottle.findFirstOrThrow({ where: { key: { startsWith: "code:" } } });
    expect(row.nextAt.getTime()).toBeGreaterThan(later(24));
    expect(codeOf(await knock({ code: codeAt(mara.secret, later(24)) }, later(24)))).toBe("ok");
  });
});

describe("confirming that it is oneself", () => {
  it("takes a code as well as a password, one of them at a time", async () => {
    const viewer = await installation.viewer("mara");
    const confirm = (given: object, now: number) => execute(installation.db, confirmPresence, viewer, given, now);
    const code = codeAt(mara.secret, later(30));
    expect(await confirm({ code, password: PASSWORD }, later(30))).toMatchObject({
      refusal: { code: "invalid_input" },
    });
    expect(await confirm({}, later(30))).toMatchObject({ refusal: { errors: [{ path: "password" }] } });
    expect(await confirm({ code }, later(30))).toMatchObject({ ok: true });
    expect(await confirm({ code }, later(30))).toMatchObject({ refusal: { errors: [{ path: "code" }] } });
    expect(await confirm({ password: PASSWORD }, later(30))).toMatchObject({ ok: true });
    const stranger = await confirm({ code: codeAt(otto.secret, later(32)) }, later(32));
    expect(stranger).toMatchObject({ refusal: { code: "invalid_input" } });
    const row = await installation.db.session.findUniqueOrThrow({ where: { id: viewer.sessionId } });
    expect(row.stepUpAt?.getTime()).toBe(later(30));
  });
});
