import { expect, test } from "vitest";
import { refusalOf } from "#test/verification";

test("a restriction that is stored but not enforced refuses the token, each at its step", () => {
  const reasons = {
    header_conditions: "header_conditions_unenforced",
    path_rules: "path_rules_unenforced",
    time_window: "time_window_unenforced",
    rate_limit: "rate_limit_unenforced",
  };
  for (const [field, reason] of Object.entries(reasons))
    expect(refusalOf({ token: { restrictions: [field] } })).toEqual({ reason, rule: field });
});

test("a restriction that this version has never heard of refuses it too", () => {
  for (const field of ["geo", "toString", "__proto__"])
    expect(refusalOf({ token: { restrictions: [field] } })).toEqual({
      reason: "restriction_unknown",
      rule: field,
    });
  expect(refusalOf({ token: { restrictions: ["rate_limit", "geo"] } }).reason).toBe("restriction_unknown");
});

test("what is judged before is told first", () => {
  const restrictions = ["path_rules"];
  expect(refusalOf({ token: { restrictions }, request: { method: "DELETE" } }).reason).toBe("write_refused");
});
