import { describe, expect, it } from "vitest";
import { id, isId, line, name, paragraph, slug, version } from "#lib/fields";
import { newSecret } from "#lib/tokens/secret";

const takes = (schema: { safeParse: (value: unknown) => { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;

describe("a line of text", () => {
  it("comes out in one spelling: NFC, without blanks around it", () => {
    expect(line(20).parse("  Ju\u0308rgen\u00a0 ")).toBe("J\u00fcrgen");
    expect(line(20).parse("")).toBe("");
    expect(takes(name(20), " \u00a0 ")).toBe(false);
  });

  it("holds nothing that cannot be seen, ordered otherwise than written, or stored", () => {
    for (const hidden of ["\u0000", "\n", "\t", "\u001b[31m", "\u007f", "\u2028", "\u202e", "\u2066", "\ud83d"]) {
      expect(takes(line(20), `a${hidden}b`)).toBe(false);
    }
    for (const seen of ["a b", "\u{1f511}", "\u05d0\u05d1", "\u200d\u{1f469}", "<b>", "'; DROP TABLE"]) {
      expect(takes(line(20), seen)).toBe(true);
    }
  });

  it("is bounded, and never the place for a secret", () => {
    expect(takes(line(5), "123456")).toBe(false);
    expect(takes(line(100), `see ${newSecret("corp")} there`)).toBe(false);
    expect(takes(paragraph(100), newSecret())).toBe(false);
    expect(takes(line(100), 7)).toBe(false);
  });
});

describe("several lines", () => {
  it("may have breaks and tabs, and nothing else that cannot be seen", () => {
    expect(paragraph(50).parse("a\n\tb\r\nc ")).toBe("a\n\tb\r\nc");
    for (const hidden of ["\u0000", "\u001b", "\u202e", "\udc00"])
      expect(takes(paragraph(50), `a${hidden}`)).toBe(false);
  });
});

describe("keys, ids and versions", () => {
  it("are exactly what they look like", () => {
    for (const key of ["a", "jira", "jira-2", "0", "x".repeat(63)]) expect(takes(slug, key)).toBe(true);
    for (const key of ["", "A", "a_b", "-a", "a-", "a b", "a\n", "x".repeat(64), 1])
      expect(takes(slug, key)).toBe(false);
    expect(isId("0190d4a5-0000-7000-8000-00000000000a")).toBe(true);
    for (const odd of ["", "1", undefined, "0190d4a5-0000-7000-8000-00000000000a ", "x".repeat(36)]) {
      expect(isId(odd)).toBe(false);
    }
    expect(takes(id, null)).toBe(false);
    expect(id.parse("0190D4A5-0000-7000-8000-00000000000A")).toBe("0190d4a5-0000-7000-8000-00000000000a");
    for (const odd of [0, -1, 1.5, "1", 2_147_483_648, null]) expect(takes(version, odd)).toBe(false);
    expect(takes(version, 2_147_483_647)).toBe(true);
  });
});
