import { describe, expect, it } from "vitest";
import { descriptionJudge } from "#test/api-answers";
import { apiDocument } from "./document";
import { exampleOf } from "./example";
import { fieldsOf, kindOf } from "./fields";
import { apiHelp } from "./help";
import { operations } from "./operations";

const URL = "https://portal.test";
const { chapters, objects } = apiHelp(URL, "mara.lindqvist");
const told = chapters.flatMap((chapter) => chapter.operations);

describe("the help on the API", () => {
  it("has every operation of the description, each at an anchor of its own", () => {
    expect(told).toHaveLength(operations().length);
    const anchors = [...chapters.map(({ id }) => id), ...told.map(({ anchor }) => anchor)];
    expect(new Set(anchors).size).toBe(anchors.length);
  });

  it("gives a call to copy with the reader's own host and name, and never a secret", () => {
    for (const { sample, path } of told) {
      expect(sample).toContain(URL + path.split("{")[0]);
      expect(sample).not.toMatch(/lk_[0-9A-Za-z]{38}/);
    }
    expect(told.find(({ anchor }) => anchor === "getMe")?.sample).toContain('--user "mara.lindqvist:$LATCHKEY_TOKEN"');
    const odd = apiHelp(URL, 'a"; rm -rf $HOME').chapters.flatMap((chapter) => chapter.operations);
    expect(odd.map(({ sample }) => sample).join()).not.toContain("rm -rf");
  });

  it("shows bodies that the description lets be sent", () => {
    const judge = descriptionJudge(apiDocument(URL), () => undefined);
    const wrong = operations().flatMap(({ method, route }) => {
      const sample = told.find(({ anchor }) => anchor.toLowerCase() === anchorOf(method, route))?.sample ?? "";
      const body = /--data '(.*)'/.exec(sample)?.[1];
      return body === undefined
        ? []
        : judge.body(route, method, JSON.parse(body)).map((why) => `${method} ${route}: ${why}`);
    });
    expect(wrong).toEqual([]);
  });

  it("explains the objects that answers name", () => {
    const named = objects.map(({ name }) => name);
    expect(named).toEqual(expect.arrayContaining(["Token", "User", "Policy", "AuditEvent"]));
    expect(objects.find(({ name }) => name === "Token")?.fields.map(({ name }) => name)).toContain("owner.username");
  });
});

const anchorOf = (method: string, route: string) => `${method}${route.replace(/[^A-Za-z]/g, "")}`.toLowerCase();

describe("what may stand in a field, in words", () => {
  it.each([
    [{ type: "string", maxLength: 9 }, "text, at most 9"],
    [{ type: "string", format: "date-time" }, "time"],
    [{ enum: ["a", "b"] }, "a | b"],
    [{ anyOf: [{ type: "string" }, { type: "null" }] }, "text | null"],
    [{ type: "array", items: { $ref: "#/components/schemas/Token" } }, "list of Token"],
    [{ type: "integer", minimum: 1, maximum: 5 }, "number, 1 to 5"],
    [{ type: "boolean" }, "true | false"],
  ] as const)("%j is %s", (schema, words) => {
    expect(kindOf(JSON.parse(JSON.stringify(schema)))).toBe(words);
  });

  it("names fields inside an object by their path, and says which are needed", () => {
    const inner = { type: "object" as const, properties: { b: { type: "string" as const } }, required: ["b"] };
    expect(fieldsOf({ type: "object", properties: { a: inner }, required: [] })).toMatchObject([
      { name: "a", required: false },
      { name: "a.b", required: true },
    ]);
  });

  it("has an example with what is needed and no more", () => {
    const optional = { type: "string" as const };
    expect(exampleOf({ type: "object", properties: { name: optional, note: optional }, required: ["name"] })).toEqual({
      name: "Nightly report",
    });
  });
});
