import { describe, expect, it } from "vitest";
import { refusedInput } from "#lib/errors/invalid-input";
import { limits } from "#test/rules";
import { ceilingInput, limitsInput } from "./limits-schema";

const stated = { maxLifetimeDays: 90, access: "write", applications: "all", maxActive: 25 } as const;

const codeOf = (raw: unknown) => {
  const { error } = limitsInput.safeParse(raw);
  const refused = error && refusedInput(error);
  return refused && !refused.ok ? refused.refusal.code : "accepted";
};

describe("limits", () => {
  it("are whole when the four that must be stated are: the rest is what the interface promises", () => {
    expect(limitsInput.parse(stated)).toEqual(limits());
  });

  it.each(["maxLifetimeDays", "access", "applications", "maxActive"] as const)(
    "without %s are refused: nothing is granted by omission",
    (field) => {
      const { [field]: _left, ...rest } = stated;
      expect(limitsInput.safeParse(rest).error?.issues[0]?.path).toEqual([field]);
    },
  );

  it("have thirty days as default lifetime, or the longest if that is shorter", () => {
    expect(limitsInput.parse({ ...stated, maxLifetimeDays: 7 }).defaultLifetimeDays).toBe(7);
    expect(limitsInput.parse({ ...stated, maxLifetimeDays: null }).defaultLifetimeDays).toBe(30);
    expect(
      limitsInput.safeParse({ ...stated, maxLifetimeDays: 7, defaultLifetimeDays: 8 }).error?.issues[0]?.path,
    ).toEqual(["defaultLifetimeDays"]);
  });

  it.each([
    { maxLifetimeDays: 0 },
    { maxLifetimeDays: 1.5 },
    { maxLifetimeDays: "90" },
    { maxActive: -1 },
    { applications: [] },
    { applications: ["Jira Main"] },
    { applications: "some" },
    { access: "admin" },
    { ranges: ["10.0.0.5/8"] },
    { approval: { whenWrite: true } },
    { approval: "sometimes" },
    { unknown: 1 },
  ])("with %j are refused", (wrong) => expect(codeOf({ ...stated, ...wrong })).toBe("invalid_input"));

  it.each([{ endNeverUsedAfterDays: 14 }, { endUnusedAfterDays: 90 }])(
    "with %j are refused until it is enforced, while null passes",
    (early) => {
      expect(codeOf({ ...stated, ...early })).toBe("not_enforced_yet");
      const key = Object.keys(early)[0] ?? "";
      expect(codeOf({ ...stated, [key]: null })).toBe("accepted");
    },
  );

  it("that are wrong as well as early are called wrong", () => {
    expect(codeOf({ ...stated, endUnusedAfterDays: 90, access: "admin" })).toBe("invalid_input");
  });
});

describe("a ceiling", () => {
  it("limits only what it says", () => {
    expect(ceilingInput.parse({})).toEqual({});
    expect(ceilingInput.parse({ maxLifetimeDays: 30, access: "read" })).toEqual({
      maxLifetimeDays: 30,
      access: "read",
    });
  });

  it("is held to the same shapes", () => {
    for (const wrong of [{ maxLifetimeDays: 0 }, { maxRatePerMinute: 0 }, { color: "red" }])
      expect(ceilingInput.safeParse(wrong).success).toBe(false);
  });
});
