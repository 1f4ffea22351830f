import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvField, csvOf } from "./csv";

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

describe("a file of CSV", () => {
  it("has a line for its columns and one for each thing, in the same order", () => {
    const { head, line } = csvOf<{ a: string; b: string }>({ second: ({ b }) => b, first: ({ a }) => a });
    expect(head).toBe('"second","first"\r\n');
    expect(line({ a: "1", b: 'x,"y"' })).toBe('"x,""y""","1"\r\n');
  });
});
