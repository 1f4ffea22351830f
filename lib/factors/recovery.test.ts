import { describe, expect, it } from "vitest";
import { isRecoveryCode, newRecoveryCodes, recoveryDigest } from "./recovery";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe("recovery codes", () => {
  const codes = newRecoveryCodes();

  it("are ten, all different, each of 24 characters that nobody mistakes", () => {
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){5}[0-9a-hjkmnp-tv-z]{4}$/);
  });

  it("may be typed in any case, with or without hyphens, and with the letters that look like digits", () => {
    const code = "0123-4567-89ab-cdef-ghjk-mnp1";
    const typed = ["0123456789ABCDEFGHJKMNP1", " o123 4567 89ab cdef ghjk mnpI ", "O123-4567-89ab-cdef-ghjk-mnpl"];
    for (const each of typed) {
      expect(isRecoveryCode(each)).toBe(true);
      expect(hex(recoveryDigest("u", each))).toBe(hex(recoveryDigest("u", code)));
    }
  });

  it("are no codes of an app, and the other way round", () => {
    for (const each of ["123456", "", "0123-4567", `${codes[0]}0`, "u".repeat(24), "x".repeat(9_999)]) {
      expect(isRecoveryCode(each)).toBe(false);
    }
  });

  it("are kept as a digest that belongs to one person", () => {
    const [code = ""] = codes;
    expect(recoveryDigest("a", code)).toHaveLength(32);
    expect(hex(recoveryDigest("a", code))).not.toBe(hex(recoveryDigest("b", code)));
    expect(hex(recoveryDigest("a", code))).not.toBe(hex(recoveryDigest("a", codes[1] ?? "")));
  });
});
