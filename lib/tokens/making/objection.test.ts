import { describe, expect, it } from "vitest";
import { object, refusalOf } from "./objection";

const tier = { kind: "tier" as const, name: "Developers" };

describe("an objection", () => {
  it("ends its sentence with whose rule it is, and carries the source for programs", () => {
    expect(object("limit_exceeded", "live", "access", "Only reading is allowed", tier)).toEqual({
      code: "limit_exceeded",
      judged: "live",
      error: { path: "access", message: "Only reading is allowed: tier Developers.", source: tier },
    });
  });

  it("without a rule behind it has no source", () => {
    expect(object("invalid_input", "input", "expiresAt", "This lies in the past").error).toEqual({
      path: "expiresAt",
      message: "This lies in the past.",
    });
  });
});

describe("several objections", () => {
  const order = ["invalid_input", "limit_exceeded", "quota_exceeded", "approval_required"] as const;

  it("are refused as the weightiest: what is wrong before what is too much, approval last", () => {
    for (const [index, code] of order.entries()) {
      const left = order.slice(index).reverse();
      const refused = refusalOf(left.map((each) => object(each, "made", each, each)));
      expect(refused).toMatchObject({ refusal: { code, detail: `${code}.`, errors: left.map((path) => ({ path })) } });
    }
  });

  it("that are none are no refusal", () => expect(refusalOf([])).toBeNull());
});
