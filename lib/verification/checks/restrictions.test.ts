import { expect, test } from "vitest";
import { refusalOf } from "#test/verification";

test("a restriction that is stored but not enforced refuses the token, each at its step", () => {
  const reasons = {
    headerConditions: "header_conditions_unenforced",
    pathRules: "path_rules_unenforced",
    timeWindow: "time_window_unenforced",
    rateLimit: "rate_limit_unenforced",
  };
  for (const [field, reason] of Object.entries(reasons))
    expect(refusalOf({ token: { unknownRestrictions: [field] } })).toEqual({ reason, rule: field });
});

test("a restriction that this version has never heard of refuses it too", () => {
  for (const field of ["geo", "toString", "__proto__"])
    expect(refusalOf({ token: { unknownRestrictions: [field] } })).toEqual({
      reason: "restriction_unknown",
      rule: field,
    });
  expect(refusalOf({ token: { unknownRestrictions: ["rateLimit", "geo"] } }).reason).toBe("restriction_unknown");
});

test("what is judged before is told first", () => {
  const unknownRestrictions = ["pathRules"];
  expect(refusalOf({ token: { unknownRestrictions }, request: { method: "DELETE" } }).reason).toBe("write_refused");
});
