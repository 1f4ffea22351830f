import { expect, test } from "vitest";
import { refusalOf } from "./refusal";

const url = (error?: string) => ({
  url: `http://localhost:3000/api/auth/error${error ? `?error=${encodeURIComponent(error)}` : ""}`,
});

test("an answer with a plain address means signed in", () => {
  expect(refusalOf(200, { url: "http://localhost:3000/" })).toBeNull();
  expect(refusalOf(200, { url: "/tokens" })).toBeNull();
});

test("a wrong password and an unknown user are told the same", () => {
  expect(refusalOf(401, url("unauthenticated"))).toMatchObject({
    code: "unauthenticated",
    detail: "Username or password is wrong.",
  });
  expect(refusalOf(401, null)).toEqual(refusalOf(401, url("CredentialsSignin")));
  expect(refusalOf(401, null)).toEqual(refusalOf(401, url("unauthenticated")));
});

test("the throttle says how long to wait", () => {
  expect(refusalOf(401, url("too_many_requests:8"))).toMatchObject({
    code: "too_many_requests",
    detail: "Too many attempts. Try again in 8 s.",
  });
  expect(refusalOf(429, null)?.detail).toMatch(/try again in 60 s/i);
});

test("a right password leads to the second factor, and says where a passkey is one", () => {
  expect(refusalOf(401, url("second_factor_required"))).toMatchObject({ code: "second_factor_required" });
  expect(refusalOf(401, url("second_factor_required:passkey"))).toMatchObject({ code: "passkey_or_code" });
  expect(refusalOf(401, url("invalid_input"))?.fields.code).toMatch(/wrong, or was used/);
});

test("codes of next-auth and answers of nobody's become a sentence", () => {
  expect(refusalOf(200, url("Configuration"))?.detail).toMatch(/does not work at the moment/);
  expect(refusalOf(401, url("unavailable"))?.detail).toMatch(/does not work at the moment/);
  expect(refusalOf(502, "<html>")?.detail).toMatch(/does not work at the moment/);
  expect(refusalOf(200, null)?.code).toBe("unexpected");
});
