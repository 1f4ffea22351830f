import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CSV_HEAD, csvField, csvLine } from "./csv";
import { eventView } from "./view";

/** Reads one field as RFC 4180 has it. */
const read = (field: string) => field.slice(1, -1).replaceAll('""', '"');

describe("a field of CSV", () => {
  it("is read back as it was, whatever stands in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (content) => {
        const field = csvField(content);
        expect(field).toMatch(/^"(?:[^"]|"")*"$/);
        expect([content, `'${content}`]).toContain(read(field));
      }),
    );
    expect(csvField('a"b,c\r\nd')).toBe('"a""b,c\r\nd"');
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＠a"])(
    "is never a formula: %j",
    (content) => {
      expect(read(csvField(content))).toBe(`'${content}`);
    },
  );
});

describe("an event as CSV", () => {
  it("has a field for each column, and a line of its own however many lines stand in it", () => {
    const line = csvLine(
      eventView({
        ...{ seq: 7n, at: new Date(0), actorKind: "user", actorId: null, actorName: "=mara", action: "group.created" },
        ...{ subjectKind: "group", subjectId: null, subjectName: "a\nb", address: null },
        detail: { before: null, after: { name: 'x\n"y"' } },
      }),
    );
    expect(line.match(/"(?:[^"]|"")*"[,\r]/g)).toHaveLength(CSV_HEAD.split(",").length);
    expect(line).toMatch(/^"7","1970-01-01T00:00:00\.000Z","user","'=mara","group\.created","group","","a\nb","",/);
    expect(line.endsWith("\r\n")).toBe(true);
    expect(line).toContain(String.raw`"{""name"":""x\n\""y\""""}"`);
  });
});
