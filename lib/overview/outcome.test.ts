import { describe, expect, it } from "vitest";
import { REASONS } from "#lib/verification/reasons";
import { outcomeOf, reasonWords } from "./outcome";

describe("what came of a verification", () => {
  it("is the same for every reason as what the client was answered", () => {
    for (const [code, { status }] of Object.entries(REASONS)) {
      expect(outcomeOf(code)).toBe(status === 200 ? "allowed" : status === 503 ? "undecided" : "refused");
    }
  });

  it("is a refusal for a reason of another version, told by its code", () => {
    expect(outcomeOf("constructor")).toBe("refused");
    expect(reasonWords("moon_phase_refused")).toBe("moon_phase_refused");
    expect(reasonWords("token_expired")).toBe("The token has expired");
  });
});
