import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SessionViewer } from "#lib/access/viewer";
import { sessionViewer, visitor } from "#lib/auth/actors";
import { preparePassword } from "#lib/auth/password";
import { execute } from "#lib/commands/execute";
import { confirmPresence } from "#lib/sessions/commands/confirm";
import { signIn } from "#lib/sessions/commands/sign-in";
import { newPasskey, type Scene } from "#test/authenticator";
import { createInstallation, type TestInstallation } from "#test/installation";
import { CHALLENGE_MS } from "../passkey";
import { type ChallengePurpose, openChallenge } from "../store";
import { addPasskey } from "./add-passkey";

const PASSWORD = "correct zebra staple 9";
const NOW = Date.UTC(2026, 10, 22, 12);
let installation: TestInstallation;
let mara: SessionViewer;
let otto: SessionViewer;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  const prepared = await preparePassword(PASSWORD, []);
  if (!prepared.ok) throw new Error(prepared.refusal.detail);
  for (const name of ["mara", "otto"]) {
    const { id } = await installation.person(name);
    await installation.db.passwordCredential.create({ data: { userId: id, hash: prepared.value.hash } });
  }
  [mara, otto] = [await installation.viewer("mara"), await installation.viewer("otto")];
});
afterAll(() => installation.close());

beforeEach(() => installation.db.signInThrottle.deleteMany());

const asked = async ({ userId }: SessionViewer, purpose: ChallengePurpose, now = NOW) =>
  (await openChallenge(installation.db, userId, purpose, now)).toString("base64url");
const add = (viewer: SessionViewer, passkey: object, now = NOW) =>
  execute(installation.db, addPasskey, sessionViewer({ ...viewer, steppedUpAt: now }), { passkey }, now);
const confirm = (viewer: SessionViewer, passkey: object, now = NOW) =>
  execute(installation.db, confirmPresence, viewer, { passkey }, now);
const codeOf = (done: Awaited<ReturnType<typeof add | typeof confirm>>) => (done.ok ? "done" : done.refusal.code);

async function passkeyOf(viewer: SessionViewer) {
  const passkey = newPasskey();
  const done = await add(viewer, passkey.register({ challenge: await asked(viewer, "make") }));
  if (!done.ok) throw new Error(done.refusal.detail);
  return passkey;
}

const FOREIGN: [string, Partial<Scene>][] = [
  ["for another origin", { origin: "https://evil.test" }],
  ["for another port of this host", { origin: "http://localhost:3001" }],
  ["for another relying party", { rpId: "evil.test" }],
  ["without having verified its user", { verified: false }],
];

describe("making a passkey", () => {
  it("answers a challenge of ours, once, for the person who was asked, in time", async () => {
    const challenge = await asked(mara, "make");
    expect(codeOf(await add(otto, newPasskey().register({ challenge })))).toBe("invalid_input");
    expect(codeOf(await add(mara, newPasskey().register({ challenge })))).toBe("done");
    expect(codeOf(await add(mara, newPasskey().register({ challenge })))).toBe("invalid_input");
    const own = newPasskey().register({ challenge: "A".repeat(43) });
    expect(codeOf(await add(mara, own))).toBe("invalid_input");
    const late = newPasskey().register({ challenge: await asked(mara, "make") });
    expect(codeOf(await add(mara, late, NOW + CHALLENGE_MS))).toBe("invalid_input");
    const other = newPasskey().register({ challenge: await asked(mara, "confirm") });
    expect(codeOf(await add(mara, other))).toBe("invalid_input");
  });

  it.each(FOREIGN)("is refused %s", async (_what, scene) => {
    const made = newPasskey().register({ challenge: await asked(mara, "make"), ...scene });
    expect(codeOf(await add(mara, made))).toBe("invalid_input");
  });

  it("is refused where somebody else has it already", async () => {
    const passkey = await passkeyOf(mara);
    const again = passkey.register({ challenge: await asked(otto, "make") });
    expect(codeOf(await add(otto, again))).toBe("already_exists");
  });

  it("reads no more than it must", async () => {
    const made = newPasskey().register({ challenge: await asked(mara, "make") });
    const large = { ...made.response, attestationObject: "A".repeat(2_000_000) };
    expect(codeOf(await add(mara, { ...made, response: large }))).toBe("invalid_input");
    const odd = { ...made.response, attestationObject: "AAAA", clientDataJSON: "AAAA" };
    expect(codeOf(await add(mara, { ...made, response: odd }))).toBe("invalid_input");
  });
});

describe("what a passkey signs", () => {
  it("confirms its person once for each challenge", async () => {
    const passkey = await passkeyOf(mara);
    const challenge = await asked(mara, "confirm");
    expect(codeOf(await confirm(mara, passkey.assert({ challenge })))).toBe("done");
    expect(codeOf(await confirm(mara, passkey.assert({ challenge })))).toBe("invalid_input");
  });

  it("confirms nobody else, whoever was asked", async () => {
    const passkey = await passkeyOf(mara);
    const hers = passkey.assert({ challenge: await asked(mara, "confirm") });
    expect(codeOf(await confirm(otto, hers))).toBe("invalid_input");
    const his = passkey.assert({ challenge: await asked(otto, "confirm") });
    expect(codeOf(await confirm(otto, his))).toBe("invalid_input");
  });

  it.each(FOREIGN)("is refused %s, and its challenge is gone", async (_what, scene) => {
    const passkey = await passkeyOf(mara);
    const challenge = await asked(mara, "confirm");
    expect(codeOf(await confirm(mara, passkey.assert({ challenge, ...scene })))).toBe("invalid_input");
    expect(codeOf(await confirm(mara, passkey.assert({ challenge })))).toBe("invalid_input");
  });

  it("is refused of a copy, whose counter stands still or goes back", async () => {
    const passkey = await passkeyOf(mara);
    const sign = async (counter: number) => {
      await installation.db.signInThrottle.deleteMany();
      return codeOf(await confirm(mara, passkey.assert({ challenge: await asked(mara, "confirm"), counter })));
    };
    expect(await sign(7)).toBe("done");
    expect([await sign(7), await sign(3), await sign(0), await sign(8)]).toEqual([
      ...Array(3).fill("invalid_input"),
      "done",
    ]);
  });

  it("is refused with a signature of somebody else's key", async () => {
    const passkey = await passkeyOf(mara);
    const challenge = await asked(mara, "confirm");
    const { response } = newPasskey().assert({ challenge });
    expect(codeOf(await confirm(mara, { ...passkey.assert({ challenge }), response }))).toBe("invalid_input");
  });

  it("signs in beside the password, for a challenge of the sign-in only", async () => {
    const passkey = await passkeyOf(otto);
    const knock = async (challenge: string) => {
      const given = { username: "otto", password: PASSWORD, passkey: passkey.assert({ challenge }) };
      return execute(installation.db, signIn, visitor("192.0.2.1", "test"), given, NOW);
    };
    expect(await knock(await asked(otto, "confirm"))).toMatchObject({ refusal: { code: "invalid_input" } });
    expect(await knock(await asked(mara, "sign-in"))).toMatchObject({ refusal: { code: "invalid_input" } });
    expect(await knock(await asked(otto, "sign-in"))).toMatchObject({ ok: true });
  });
});
