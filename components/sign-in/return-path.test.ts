import fc from "fast-check";
import { expect, test } from "vitest";
import { returnPath } from "./return-path";

test.each(["/tokens/new?name=a&access=read", "/admin/tokens?q=b#c", "/help"])("%s is where one goes on", (path) =>
  expect(returnPath(path)).toBe(path),
);

test.each([
  undefined,
  ["/a", "/b"],
  "",
  "https://evil.example/",
  "//evil.example",
  "/\\evil.example",
  "/.//evil.example",
  "/a/..//evil.example",
  "/\t/evil.example",
  "\\\\evil.example",
  "javascript:alert(1)",
  "tokens",
  "/sign-in?to=/sign-in",
  "/api/auth/signout",
  "/setup",
  "/tokens/../sign-in",
  `/${"a".repeat(3000)}`,
])("%j leads home", (wanted) => expect(returnPath(wanted)).toBe("/tokens"));

test("whatever is asked for, a browser stays on our own origin", () => {
  const origin = "https://tokens.example.com";
  const unit = fc.constantFrom(
    "/",
    "\\",
    ".",
    ":",
    "@",
    "?",
    "#",
    "%",
    "a",
    "\t",
    "\n",
    " ",
    "%2f",
    "//",
    "evil.example",
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 12 }), (wanted) => {
      expect(new URL(returnPath(wanted), origin).origin).toBe(origin);
      expect(returnPath(wanted)).toMatch(/^\/(?![/\\])/);
    }),
    { numRuns: 2_000 },
  );
});
