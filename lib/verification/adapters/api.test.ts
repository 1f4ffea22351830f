import { describe, expect, test } from "vitest";
import { basic, call } from "#test/verification";
import { api } from "./api";

const BODY = {
  method: "GET",
  uri: "/rest",
  host: "jira.corp",
  proto: "https",
  clientIp: "192.0.2.7",
  headers: { Authorization: "Bearer x" },
};
const ask = (body: unknown, headers = basic("gw1", "s:ecret")) =>
  api.question(call({ headers, body: typeof body === "string" ? body : JSON.stringify(body) }), "");
const readingOf = (change: Record<string, unknown>) => ask({ ...BODY, ...change }).reading;

describe("POST /v1/verify", () => {
  test("carries the original request as JSON, several values of a header as several lines", () => {
    expect(readingOf({ headers: { Authorization: ["a", "b"], Cookie: "c" } })).toEqual({
      ...{ method: "GET", target: "/rest", host: "jira.corp", proto: "https", clientAddress: "192.0.2.7" },
      headers: ["Authorization", "a", "Authorization", "b", "Cookie", "c"],
    });
  });

  test("names its caller by Basic key:secret", () => {
    expect(ask(BODY)).toMatchObject({ adapter: "api", gatewayKey: "gw1", contact: { secrets: ["s:ecret"] } });
  });

  test("has no caller without exactly one readable Basic", () => {
    for (const headers of [
      [],
      ["Authorization", "Bearer x"],
      ["Authorization", "Basic !"],
      [...basic("gw1", "a"), ...basic("gw1", "a")],
    ])
      expect(ask(BODY, headers)).toMatchObject({ gatewayKey: "", contact: { secrets: [] } });
  });

  test("is unreadable when anything is missing, of another type, unknown or out of bounds", () => {
    for (const name of Object.keys(BODY)) expect(typeof readingOf({ [name]: undefined })).toBe("string");
    expect(readingOf({ method: 1 })).toBe("method");
    expect(readingOf({ uri: "" })).toBe("uri");
    expect(readingOf({ uri: `/${"a".repeat(16_384)}` })).toBe("uri");
    expect(typeof readingOf({ extra: true })).toBe("string");
    expect(typeof readingOf({ headers: { "bad name": "x" } })).toBe("string");
    expect(typeof readingOf({ headers: { a: "b\r\nc" } })).toBe("string");
    expect(typeof readingOf({ headers: { a: Array(17).fill("x") } })).toBe("string");
    expect(
      typeof readingOf({ headers: Object.fromEntries(Array.from({ length: 129 }, (_, i) => [`h${i}`, "x"])) }),
    ).toBe("string");
    for (const body of ["", "{", "null", "[]", '"x"']) expect(typeof ask(body).reading).toBe("string");
  });

  test("sees two headers that differ in case only as the two that they are", () => {
    expect(readingOf({ headers: { Authorization: "a", authorization: "b" } })).toMatchObject({
      headers: ["Authorization", "a", "authorization", "b"],
    });
  });
});
