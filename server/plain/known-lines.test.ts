import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { runs } from "#test/fuzz/runs";
import { KnownLines } from "./known-lines";
import { readPlain } from "./request";

const piece = (lines: readonly string[]): Buffer =>
  Buffer.from(`GET /a HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`, "latin1");
const GOOD = ["Host: authz", "User-Agent: python-requests/2.32", "X-Real-IP: 192.0.2.7"];
/** Whether a line of this kind is found again after it has taught. */
function isLearnt(line: string): boolean {
  const known = new KnownLines(1);
  readPlain(piece([...GOOD, line]), known);
  return known.find(GOOD.length, Buffer.from(`${line}\r\n`), 0) !== null;
}

test("a line that comes again in the same place is found, as the same text", () => {
  const known = new KnownLines(1);
  readPlain(piece(GOOD), known);
  const bytes = Buffer.from("User-Agent: python-requests/2.32\r\n");
  const [line, again] = [known.find(1, bytes, 0), known.find(1, bytes, 0)];
  expect(line).toMatchObject({ name: "User-Agent", value: "python-requests/2.32", meaning: null });
  expect(again).toBe(line);
  for (const other of [
    "User-Agent: python-requests/2.33\r\n",
    "user-agent: python-requests/2.32\r\n",
    "User-Agent: py",
  ])
    expect(known.find(1, Buffer.from(other), 0)).toBeNull();
  expect(known.find(0, bytes, 0)).toBeNull();
});

test.each([
  "Authorization: Bearer lk_secret",
  "Cookie: session=secret",
  "X-Api-Token: lk_secret",
  "X-Latchkey-Gateway-Key: lkg_secret",
  "X-Original-URI: /rest?token=secret",
  "X-Forwarded-URI: /rest?token=secret",
  "Proxy-Authorization: Basic c2VjcmV0",
  `User-Agent: sync lk_${"a1B2".repeat(10)}`,
  "X-Forwarded-For: Bearer c2VjcmV0",
])("%s is never learnt: it may hold a secret", (line) => {
  expect(isLearnt(line)).toBe(false);
});

test("what is learnt is bounded", () => {
  expect(isLearnt("X-Forwarded-For: 192.0.2.7")).toBe(true);
  expect(isLearnt(`User-Agent: ${"a".repeat(600)}`)).toBe(false);
  const known = new KnownLines(1);
  readPlain(piece(["Host: a", ...Array.from({ length: 40 }, () => "Accept: */*")]), known);
  const line = Buffer.from("Accept: */*\r\n");
  expect([31, 32].map((place) => known.find(place, line, 0) !== null)).toEqual([true, false]);
});

test("one request of many teaches", () => {
  const known = new KnownLines(3);
  expect(Array.from({ length: 7 }, () => known.begin())).toEqual([true, false, false, true, false, false, true]);
});

const LINES = ["User-Agent: a", "User-Agent: ab", "User-Agent:a", "Accept: a", "Accept: a\r", "Content-Length: 0"];
const line = fc.constantFrom(...LINES, "Connection: keep-alive", "Connection: close", "X-Other: a", "User-Agent: a ");
const request = fc.array(line, { maxLength: 5 }).map((lines) => piece(["Host: authz", ...lines]));

test("whatever came before, a request is read as if nothing had", () => {
  let found = 0;
  const property = fc.property(fc.array(request, { minLength: 2, maxLength: 8 }), (requests) => {
    const known = new KnownLines(2);
    for (const bytes of requests) {
      if (known.find(1, bytes, "GET /a HTTP/1.1\r\nHost: authz\r\n".length) !== null) found += 1;
      expect(readPlain(bytes, known)).toEqual(readPlain(bytes, new KnownLines()));
    }
  });
  fc.assert(property, runs(2_000));
  expect(found).toBeGreaterThan(100);
});
