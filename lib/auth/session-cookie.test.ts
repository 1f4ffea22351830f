import { Buffer } from "node:buffer";
import fc from "fast-check";
import { encode } from "next-auth/jwt";
import { describe, expect, test } from "vitest";
import { type KeyPurpose, newKey, type SigningKey } from "#lib/keys/key";
import type { KeyRing } from "#lib/keys/ring";
import { ABSOLUTE_MS } from "#lib/sessions/session";
import { openSession, sealSession, sessionCookieName } from "./session-cookie";

const key = (purpose: KeyPurpose = "session") => newKey(purpose);
const ringOf = (active: SigningKey, ...others: SigningKey[]): KeyRing => ({
  active,
  all: new Map([...others, active].map((each) => [each.kid, each])),
});
const [first, second] = [key(), key()];
const SESSION = { sessionId: "0190d4a5-0000-7000-8000-000000000001" };

describe("a session's cookie", () => {
  test("says which session it is, and nobody reads that without the key", async () => {
    const sealed = await sealSession(ringOf(first), { ...SESSION, name: "ada" });
    expect(await openSession(ringOf(first), sealed)).toEqual(SESSION);
    expect(Buffer.from(sealed, "base64url").toString("latin1")).not.toContain(SESSION.sessionId);
    expect(await openSession(ringOf(second), sealed)).toBeNull();
  });

  test("opens with the key before while keys are rotated, and no more once that is gone", async () => {
    const sealed = await sealSession(ringOf(first), SESSION);
    expect(await openSession(ringOf(second, first), sealed)).toEqual(SESSION);
    expect(await openSession(ringOf(second), sealed)).toBeNull();
  });

  test("is sealed with the active key, wherever it stands in the ring", async () => {
    const sealed = await sealSession(ringOf(second, first), SESSION);
    expect(await openSession(ringOf(second), sealed)).toEqual(SESSION);
    expect(await openSession(ringOf(first), sealed)).toBeNull();
  });

  test("is no cookie of ours when a character of it was changed, anywhere", async () => {
    const ring = ringOf(first);
    const sealed = await sealSession(ring, SESSION);
    const altered = fc.asyncProperty(fc.nat(sealed.length - 1), async (at) => {
      if (sealed[at] === ".") return;
      // The last character of a part may hold bits that count for nothing: another one is read alike.
      if (at === sealed.length - 1 || sealed[at + 1] === ".") return;
      const other = sealed[at] === "A" ? "B" : "A";
      expect(await openSession(ring, sealed.slice(0, at) + other + sealed.slice(at + 1))).toBeNull();
    });
    await fc.assert(altered, { numRuns: 40 });
  });

  test("is none that is something else, empty, or endless", async () => {
    const ring = ringOf(first);
    const sealed = await sealSession(ring, SESSION);
    for (const wrong of ["", ".", "....", "eyJhbGciOiJub25lIn0.eyJzZXNzaW9uSWQiOiJ4In0.", sealed.slice(0, -9)]) {
      expect(await openSession(ring, wrong)).toBeNull();
    }
    expect(await openSession(ring, await sealSession(ring, { ...SESSION, name: "x".repeat(4_000) }))).toBeNull();
  });

  test("that names no session, or not by a text, opens nothing", async () => {
    const ring = ringOf(first);
    for (const token of [{}, { sub: "ada" }, { sessionId: 7 }, { sessionId: ["x"] }]) {
      expect(await openSession(ring, await sealSession(ring, token))).toBeNull();
    }
  });

  test("does not outlive the absolute end, even while its row would stand", async () => {
    const secret = first.secret.toString("base64");
    const over = await encode({ token: SESSION, secret, maxAge: -60 });
    expect(await openSession(ringOf(first), over)).toBeNull();
    expect(ABSOLUTE_MS % 1_000).toBe(0);
  });

  test("is bound to https and this host, except on this machine", () => {
    expect(sessionCookieName("https://tokens.example.com")).toMatch(/^__Host-/);
    expect(sessionCookieName("http://localhost:3000")).not.toMatch(/^__/);
  });
});
