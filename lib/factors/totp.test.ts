import { describe, expect, it } from "vitest";
import { codeAt } from "#test/factors";
import { matchingStep, newTotpSecret, STEP_MS, totpUri } from "./totp";

const NOW = Date.UTC(2026, 10, 22, 12);
const STEP = NOW / STEP_MS;

describe("a code of an authenticator app", () => {
  const secret = newTotpSecret();

  it("is good now, and a step before and after, for a clock that is a little off", () => {
    for (const skew of [-1, 0, 1]) {
      expect(matchingStep(secret, codeAt(secret, NOW + skew * STEP_MS), null, NOW)).toBe(STEP + skew);
    }
  });

  it("is good no more two steps away", () => {
    for (const skew of [-2, 2]) {
      expect(matchingStep(secret, codeAt(secret, NOW + skew * STEP_MS), null, NOW)).toBeNull();
    }
    expect(matchingStep(secret, codeAt(secret, NOW), null, NOW + 2 * STEP_MS)).toBeNull();
  });

  it("is good once, and an older one never after a newer one", () => {
    const code = codeAt(secret, NOW);
    expect(matchingStep(secret, code, STEP - 1, NOW)).toBe(STEP);
    expect(matchingStep(secret, code, STEP, NOW)).toBeNull();
    expect(matchingStep(secret, code, STEP + 1, NOW)).toBeNull();
    expect(matchingStep(secret, codeAt(secret, NOW + STEP_MS), STEP, NOW)).toBe(STEP + 1);
  });

  it("is good for its own secret only", () => {
    expect(matchingStep(newTotpSecret(), codeAt(secret, NOW), null, NOW)).toBeNull();
  });

  it("is six digits; whatever else comes is refused and throws nothing", () => {
    const code = codeAt(secret, NOW);
    const odd = [
      "",
      code.slice(1),
      `${code}0`,
      "١٢٣٤٥٦",
      "abcdef",
      "12345\u0000",
      "-12345",
      "1e5000",
      "9".repeat(9_999),
    ];
    for (const each of odd) expect(matchingStep(secret, each, null, NOW)).toBeNull();
  });

  it("agrees with RFC 6238's own example", () => {
    const rfc = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"; // 12345678901234567890
    expect(matchingStep(rfc, "287082", null, 59_000)).toBe(1);
    expect(matchingStep(rfc, "005924", null, 1_234_567_890_000)).toBe(41_152_263);
  });
});

describe("a new secret", () => {
  it("has 160 bits, and is never the same", () => {
    const made = Array.from({ length: 20 }, newTotpSecret);
    expect(new Set(made).size).toBe(20);
    for (const secret of made) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  });

  it("is told to an app with who and where, whatever the name is written in", () => {
    const uri = new URL(totpUri("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "Ärne Ünal&x=1", "tokens.example.com"));
    expect(uri.protocol).toBe("otpauth:");
    expect(uri.searchParams.get("secret")).toBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    expect(uri.searchParams.get("issuer")).toBe("Latchkey tokens.example.com");
    expect(decodeURIComponent(uri.pathname)).toContain("Ärne Ünal&x=1");
  });
});
