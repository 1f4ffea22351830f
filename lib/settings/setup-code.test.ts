import { describe, expect, test } from "vitest";
import { NOON } from "#test/rules";
import { newSetupCode, opensSetup, SETUP_CODE_MS, type SetupState, setupCodeDigest } from "./setup-code";

const CODE = newSetupCode();
const state = (some: Partial<SetupState> = {}): SetupState => ({
  codeDigest: setupCodeDigest(CODE),
  codeExpiresAt: NOON + SETUP_CODE_MS,
  completedAt: null,
  ...some,
});

describe("the code of the set-up link", () => {
  test("opens the set-up until the very end of its hour", () => {
    expect(opensSetup(state(), CODE, NOON)).toBe(true);
    expect(opensSetup(state(), CODE, NOON + SETUP_CODE_MS - 1)).toBe(true);
    expect(opensSetup(state(), CODE, NOON + SETUP_CODE_MS)).toBe(false);
  });

  test.each<[string, Partial<SetupState>]>([
    ["the set-up was completed, even a moment from now by another clock", { completedAt: NOON + 1 }],
    ["no code was ever made", { codeDigest: null, codeExpiresAt: null }],
    ["a code has no end", { codeExpiresAt: null }],
    ["a newer code was made", { codeDigest: setupCodeDigest(newSetupCode()) }],
  ])("opens nothing when %s", (_why, some) => {
    expect(opensSetup(state(some), CODE, NOON)).toBe(false);
  });

  test.each(["", CODE.slice(1), `${CODE}=`, CODE.toUpperCase(), ` ${CODE}`, setupCodeDigest(CODE).toString("hex")])(
    "is the whole code as it was made, nothing near it (%j), nor what the database keeps of it",
    (near) => expect(opensSetup(state(), near, NOON)).toBe(near === CODE),
  );

  test("is a text for a URL's fragment, too long to guess, another each time", () => {
    const codes = Array.from({ length: 200 }, () => newSetupCode());
    expect(new Set(codes).size).toBe(200);
    for (const code of codes) expect(code).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });
});
