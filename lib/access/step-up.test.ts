import { describe, expect, it } from "vitest";
import { operator, sessionViewer, visitor } from "#lib/auth/actors";
import { NOON } from "#test/rules";
import { STEP_UP_MS, steppedUp } from "./step-up";

const session = (steppedUpAt: number | null) =>
  sessionViewer({
    kind: "session",
    sessionId: "s",
    steppedUpAt,
    secondFactor: true,
    address: "192.0.2.1",
    userId: "u",
    username: "ada",
    displayName: "Ada",
    role: "user",
    groupIds: [],
  });

describe("a proof of presence", () => {
  it("counts for ten minutes, and not a millisecond longer", () => {
    expect(steppedUp(session(NOON), NOON + STEP_UP_MS - 1).ok).toBe(true);
    expect(steppedUp(session(NOON), NOON + STEP_UP_MS)).toMatchObject({ refusal: { code: "step_up_required" } });
    expect(steppedUp(session(null), NOON).ok).toBe(false);
  });

  it("is asked of browsers only", () => {
    for (const actor of [operator(), visitor("192.0.2.1", "")]) expect(steppedUp(actor, NOON).ok).toBe(true);
  });
});
