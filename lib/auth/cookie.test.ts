import { describe, expect, it } from "vitest";
import { cookieOf } from "./cookie";

describe("the session cookie", () => {
  it("is found among others, whatever the spaces", () => {
    expect(cookieOf("a=1; s=sealed;b=2", "s")).toBe("sealed");
  });
  it("is not found when absent, empty, or only a longer name begins alike", () => {
    for (const header of [null, "", "a=1", "s=", "ss=1", "xs=1"]) expect(cookieOf(header, "s")).toBeNull();
  });
  it("counts for nothing when it comes twice", () => {
    expect(cookieOf("s=one; s=two", "s")).toBeNull();
  });
});
