import { describe, expect, it } from "vitest";
import type { TokenViewer } from "#lib/access/viewer";
import { operator, sessionViewer, tokenViewer } from "#lib/auth/actors";
import { UNRESTRICTED } from "#lib/tokens/restrictions/restrictions";
import { DAY, NOON } from "#test/rules";
import { mayMake } from "./may-make";
import type { Reach } from "./widening";

const ada = {
  userId: "u-ada",
  username: "ada",
  displayName: "Ada",
  role: "user" as const,
  groupIds: [],
  address: "192.0.2.1",
};
const session = (steppedUpAt: number | null) =>
  sessionViewer({ kind: "session", sessionId: "s", steppedUpAt, secondFactor: true, ...ada });
const script = (
  some: Partial<Pick<TokenViewer, "applications" | "access" | "ipRanges" | "expiresAt" | "narrowing">> = {},
) =>
  tokenViewer({
    kind: "token",
    ...ada,
    ...{
      tokenId: "t",
      tokenName: "script",
      access: "write",
      applications: ["latchkey", "jira"],
      ipRanges: [],
      narrowing: UNRESTRICTED,
      expiresAt: NOON + DAY,
    },
    ...some,
  });
const reach = (some: Partial<Reach> = {}): Reach => ({
  applications: ["jira"],
  access: "write",
  ipRanges: [],
  narrowing: UNRESTRICTED,
  expiresAt: NOON + DAY,
  ...some,
});
const may = (actor: Parameters<typeof mayMake>[0], wish: Reach, owner = "u-ada") => {
  const result = mayMake(actor, owner, wish, new Map(), NOON);
  return result.ok ? "yes" : result.refusal.code;
};

describe("a token for the portal itself", () => {
  const own = reach({ applications: ["latchkey"] });

  it("is made by its owner only, not even by the operator", () => {
    expect(may(session(NOON), own)).toBe("yes");
    expect(may(session(NOON), own, "u-bob")).toBe("forbidden");
    expect(may(operator(), own)).toBe("forbidden");
    expect(may(operator(), reach({ applications: "all" }))).toBe("yes");
  });

  it("that writes needs its owner's presence; one that reads does not", () => {
    expect(may(session(null), own)).toBe("step_up_required");
    expect(may(session(null), { ...own, access: "read" })).toBe("yes");
    expect(may(session(null), reach())).toBe("yes");
  });
});

describe("what a token makes", () => {
  it("is as wide as itself at most", () => {
    expect(may(script(), reach())).toBe("yes");
    expect(may(script(), reach({ applications: ["latchkey"] }))).toBe("yes");
    expect(may(script(), reach({ applications: ["wiki"] }))).toBe("limit_exceeded");
    expect(may(script(), reach({ applications: "all" }))).toBe("limit_exceeded");
    expect(may(script(), reach({ expiresAt: NOON + DAY + 1 }))).toBe("limit_exceeded");
    expect(may(script(), reach({ expiresAt: null }))).toBe("limit_exceeded");
    expect(may(script({ access: "read" }), reach())).toBe("limit_exceeded");
    expect(may(script({ ipRanges: ["10.0.0.0/8"] }), reach())).toBe("limit_exceeded");
    expect(may(script({ ipRanges: ["10.0.0.0/8"] }), reach({ ipRanges: ["10.1.0.0/16"] }))).toBe("yes");
  });

  it("is refused naming the token that limits it", () => {
    expect(mayMake(script(), "u-ada", reach({ applications: ["wiki"] }), new Map(), NOON)).toMatchObject({
      refusal: { errors: [{ path: "applications", source: { kind: "token", name: "script" } }] },
    });
  });

  it("may be used more often than the one that makes it, but at no other paths or times", () => {
    const limited = { ...UNRESTRICTED, rateLimit: { perMinute: 60, burst: 1 } };
    const sundays = { zone: "UTC", days: ["sun" as const], from: "00:00", to: "24:00" };
    expect(may(script({ narrowing: limited }), reach())).toBe("yes");
    for (const narrowing of [
      { pathRules: ["POST /api/v1/tokens"] },
      { headerConditions: [{ name: "x-team", value: "a" }] },
      { timeWindow: sundays },
    ])
      expect(may(script({ narrowing: { ...UNRESTRICTED, ...narrowing } }), reach())).toBe("limit_exceeded");
  });
});
