import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fieldError, generalError, problemOf } from "./problem";

const LIMIT = {
  code: "limit_exceeded",
  detail: "This is more than you are allowed.",
  requestId: "req_1",
  errors: [
    { path: "expiresAt", message: "At most 90 days: tier Developers." },
    { path: "ipRanges.1", message: "10.0.0.0/33 is no range." },
    { path: "expiresAt", message: "A second message." },
  ],
};

describe("a refusal of the API", () => {
  const problem = problemOf(422, LIMIT);

  test("keeps code, sentence, request id and the first message of each field", () => {
    expect(problem).toEqual({
      code: "limit_exceeded",
      detail: "This is more than you are allowed.",
      requestId: "req_1",
      fields: { expiresAt: "At most 90 days: tier Developers.", "ipRanges.1": "10.0.0.0/33 is no range." },
    });
  });

  test("what is wrong inside a field is shown at the field", () => {
    expect(fieldError(problem, "ipRanges")).toBe("10.0.0.0/33 is no range.");
    expect(fieldError(problem, "ip")).toBeUndefined();
    expect(fieldError(null, "name")).toBeUndefined();
  });

  test("the sentence above the form appears only if some error has no field to stand at", () => {
    expect(generalError(problem, ["expiresAt", "ipRanges"])).toBeUndefined();
    expect(generalError(problem, ["expiresAt"])).toBe("This is more than you are allowed. 10.0.0.0/33 is no range.");
    expect(generalError(problemOf(409, { code: "stale", detail: "Reload." }), ["name"])).toBe("Reload.");
  });
});

test("an answer that is no problem at all still becomes a sentence that says what to do", () => {
  fc.assert(
    fc.property(fc.integer({ min: 400, max: 599 }), fc.anything(), (status, body) => {
      const problem = problemOf(status, body);
      expect(problem.detail.length).toBeGreaterThan(0);
      expect(problem.code.length).toBeGreaterThan(0);
      expect(Object.values(problem.fields).every((message) => typeof message === "string")).toBe(true);
    }),
  );
  expect(problemOf(502, null).detail).toMatch(/\(502\).*try again/i);
});
