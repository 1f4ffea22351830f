import { describe, expect, it } from "vitest";
import { networkInput, rangeEntries } from "./network-schema";

const messages = (
  schema: {
    safeParse: (raw: unknown) => { success: boolean; error?: { issues: { message: string; path: PropertyKey[] }[] } };
  },
  raw: unknown,
) => schema.safeParse(raw).error?.issues.map(({ path, message }) => [path.join("."), message]);

describe("a network", () => {
  it("holds canonical ranges, each once", () => {
    const ranges = ["10.0.0.0/8", "2001:DB8::/32", "10.0.0.0/8", "::ffff:192.0.2.1"];
    expect(networkInput.parse({ name: "office", ranges })).toEqual({
      name: "office",
      ranges: ["10.0.0.0/8", "2001:db8::/32", "192.0.2.1"],
    });
  });

  it.each(["", "10.0.0.1", "2nd floor", "a/b", "fe80::1", "a:b", "x".repeat(65), "new\nline"])(
    "cannot be called %j, which could be mistaken for an address",
    (name) => expect(networkInput.safeParse({ name, ranges: [] }).success).toBe(false),
  );

  it("is not made of other networks, unknown keys, or endless lists", () => {
    expect(networkInput.safeParse({ name: "a", ranges: ["office"] }).success).toBe(false);
    expect(networkInput.safeParse({ name: "a", ranges: [], all: true }).success).toBe(false);
    expect(networkInput.safeParse({ name: "a", ranges: Array.from({ length: 501 }, () => "::1") }).success).toBe(false);
  });
});

describe("a list of ranges", () => {
  it("holds ranges and names side by side", () => {
    expect(rangeEntries.parse(["office", "10.0.0.0/8", "Büro 2"])).toEqual(["office", "10.0.0.0/8", "Büro 2"]);
  });

  it("says which entry is wrong, and what it should be", () => {
    expect(messages(rangeEntries, ["office", "10.0.0.5/8"])).toEqual([
      ["1", "It begins inside its range: did you mean 10.0.0.0/8?"],
    ]);
    expect(messages(rangeEntries, ["127.1"])?.[0]?.[1]).toContain("192.0.2.0/24");
    expect(messages(rangeEntries, ["!"])?.[0]?.[1]).toContain("letter");
    expect(messages(rangeEntries, ["010.0.0.1"])).toHaveLength(1);
  });
});
