import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ERRORS, type ErrorCode, refuse } from "./error";
import { notEnforcedYet, refusedInput } from "./invalid-input";
import { problemOf, UNEXPECTED } from "./problem";

const codes = Object.keys(ERRORS) as ErrorCode[];

/** What a client is told of an input that this schema refuses. */
function refusalOf(schema: z.ZodType, input: unknown) {
  const { error } = schema.safeParse(input);
  const refused = error && refusedInput(error);
  if (refused === undefined || refused.ok) throw new Error("accepted");
  return refused.refusal;
}

describe("problem details", () => {
  test.each(codes)("of %s carry the status of the answer, a title, and an address of the portal that helps", (code) => {
    const refused = refuse(code, "What to do.", [{ path: "name", message: "Not this." }]);
    if (refused.ok) throw new Error("not refused");
    const problem = problemOf(refused.refusal, "https://tokens.example.com", "r-1");
    expect(problem).toMatchObject({ type: `https://tokens.example.com/help#${code}`, detail: "What to do.", code });
    expect(problem).toMatchObject({ requestId: "r-1", errors: [{ path: "name", message: "Not this." }] });
    expect(problem.status).toBeGreaterThanOrEqual(400);
    expect(problem.status === 503 || problem.status < 500).toBe(true);
    expect(problem.title).toMatch(/^[A-Z].*[^.]$/);
  });

  test("never carry what a refusal says for the server alone", () => {
    const refused = refuse("too_many_requests", "Wait.");
    if (refused.ok) throw new Error("not refused");
    const problem = problemOf({ ...refused.refusal, retryAfterSeconds: 5 }, "https://x.example", "r");
    expect(Object.keys(problem).toSorted()).toEqual(
      ["type", "title", "status", "detail", "code", "requestId", "errors"].toSorted(),
    );
  });

  test("of the unexpected say nothing of what went wrong, and are no code of the catalogue", () => {
    expect(UNEXPECTED).toMatchObject({ status: 500, type: "about:blank", errors: [] });
    expect(codes).not.toContain(UNEXPECTED.code);
  });
});

const early = (what: string) => z.string().refine((text) => text === "", notEnforcedYet(what));
const person = z.strictObject({
  name: z.string("Write a name."),
  tags: z.array(z.strictObject({ key: z.string("Write a key.") })).default([]),
  window: early("A time window").default(""),
  rate: early("A rate limit").default(""),
});

describe("an input that is refused", () => {
  test("is told at each field, by its path, and first in one sentence", () => {
    const refused = refusalOf(person, { name: 1, tags: [{ key: "a" }, { key: 2 }] });
    expect(refused.code).toBe("invalid_input");
    expect(refused.errors).toEqual([
      { path: "name", message: "Write a name." },
      { path: "tags.1.key", message: "Write a key." },
    ]);
    expect(refused.detail).toBe("name: Write a name.");
  });

  test("names a field that does not exist, where it stood, and not its value", () => {
    const refused = refusalOf(person, { name: "x", tags: [{ key: "a", colour: "hunter2" }] });
    expect(refused.errors).toEqual([{ path: "tags.0.colour", message: "There is no such field." }]);
    expect(JSON.stringify(refused)).not.toContain("hunter2");
  });

  test.each([null, undefined, 7, "text", []])("that is no object at all (%j) is told without a field", (input) => {
    const refused = refusalOf(person, input);
    expect(refused.errors[0]?.path).toBe("");
    expect(refused.detail).not.toMatch(/^:/);
  });

  test("is not enforced yet only where that is all that is wrong with it", () => {
    const code = (input: object) => refusalOf(person, input).code;
    expect(code({ name: "x", window: "9-17" })).toBe("not_enforced_yet");
    expect(code({ name: "x", window: "9-17", rate: "5" })).toBe("not_enforced_yet");
    expect(code({ name: 1, window: "9-17" })).toBe("invalid_input");
    expect(code({ name: "x", window: "9-17", more: 1 })).toBe("invalid_input");
    expect(refusalOf(person, { name: "x", rate: "5" }).errors).toEqual([
      { path: "rate", message: "A rate limit cannot be enforced yet; leave it empty." },
    ]);
  });

  test("is not taken for early because of another rule that somebody wrote", () => {
    const own = z.string().refine(() => false, { message: "No.", params: { code: "something_else" } });
    expect(refusalOf(own, "x")).toMatchObject({ code: "invalid_input", errors: [{ path: "", message: "No." }] });
  });

  test("with a thousand wrong fields is answered with twenty, and judged by all of them", () => {
    const refused = refusalOf(z.array(early("It")), [...Array.from({ length: 1_000 }, () => "x"), 7]);
    expect(refused.errors).toHaveLength(20);
    expect(refused.code).toBe("invalid_input");
  });
});
