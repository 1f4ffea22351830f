import { describe, expect, test } from "vitest";
import { listHref, single } from "./list-address";

describe("the address of a list", () => {
  test("leaves out what says nothing", () => {
    expect(listHref("/admin/users", { q: "", cursor: null, sort: undefined })).toBe("/admin/users");
  });

  test("keeps what is said, several values as several, encoded", () => {
    expect(listHref("/admin/users", { q: "a&b ü", status: ["one", "two"] })).toBe(
      "/admin/users?q=a%26b+%C3%BC&status=one&status=two",
    );
  });
});

describe("one value of an address", () => {
  test("is the first of several, and empty text when there is none", () => {
    expect([single(["a", "b"]), single(undefined), single([]), single("  c ")]).toEqual(["a", "", "", "c"]);
  });
});
