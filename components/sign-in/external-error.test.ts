import { expect, test } from "vitest";
import { externalError } from "./external-error";

test("every way back without a session has a sentence that says what to do", () => {
  for (const code of [
    "already_exists",
    "unauthenticated",
    "last_admin",
    "OAuthSignin",
    "OAuthCallback",
    "AccessDenied",
  ]) {
    expect(externalError(code)).toMatch(/Ask|Try again/);
  }
  expect(externalError("already_exists")).toMatch(/another account/);
});

test("nothing that stands in the address is shown, and nothing is said without one", () => {
  for (const odd of ["<script>", "call 0800 123456", "constructor", "__proto__"]) {
    expect(externalError(odd)).toBe(externalError("OAuthCallback"));
  }
  for (const none of [undefined, "", ["a", "b"]]) expect(externalError(none)).toBeNull();
});
