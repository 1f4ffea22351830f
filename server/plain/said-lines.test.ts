import fc from "fast-check";
import { expect, test } from "vitest";
import { runs } from "#test/fuzz/runs";
import { headOf } from "./answer";
import { SaidLines } from "./said-lines";

const LAST = "Connection: keep-alive\r\n\r\n";
/** What is said of headers, without the time. */
const said = (headers: readonly string[], lines: SaidLines) =>
  headOf(200, headers, LAST, lines).replace(/Date: [^\r]+/, "Date: now");

test("an answer is written as node:http writes it", () => {
  const head = said(["Content-Length", "0", "X-Latchkey-User", "", "X-Latchkey-Auth", "token"], new SaidLines());
  expect(head).toBe(
    `HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Latchkey-User: \r\nX-Latchkey-Auth: token\r\nDate: now\r\n${LAST}`,
  );
});

test.each([
  ["X-Latchkey-Token-Id", "0f1e"],
  ["X-Latchkey-Request-Id", "0f1e"],
  ["X-Latchkey-Assertion", "eyJ0.eyJ0.c2ln"],
  ["Authorization", "Basic bWFyaWE6c2VjcmV0"],
  ["authorization", "Basic bWFyaWE6c2VjcmV0"],
  ["Set-Cookie", "session=secret"],
  ["X-Latchkey-Groups", "g".repeat(600)],
])("%s is never kept: it may be a secret, or long, or another each time", (name, value) => {
  const lines = new SaidLines(1);
  said(["Content-Length", "0", name, value], lines);
  expect(lines.values).toEqual(["0"]);
});

test("one answer of many teaches, and the last one that did counts", () => {
  const lines = new SaidLines(3);
  const kept = ["1", "2", "3", "4", "5"].map((length) => {
    said(["Content-Length", length], lines);
    return lines.values;
  });
  expect(kept).toEqual([["1"], ["1"], ["1"], ["4"], ["4"]]);
});

test("of names no more are remembered than there can be in answers of ours", () => {
  const lines = new SaidLines(1);
  for (let nth = 0; nth < 1_000; nth += 1) said([`X-Name-${nth}`, "a"], lines);
  said(["Content-Length", "7"], lines);
  expect(lines.values).toEqual([]);
});

const name = fc.constantFrom("Content-Length", "X-Latchkey-User", "X-Latchkey-Groups", "Authorization", "X-Bad Name");
const value = fc.constantFrom("", "0", "ada", "adam", "a\r\nX-Injected: b", "gr\u00fcn", "\u62d2", "a\u0000");
const answer = fc.array(fc.tuple(name, value), { maxLength: 5 }).map((pairs) => pairs.flat());
/** What is said, or why it cannot be. */
function outcome(headers: readonly string[], lines: SaidLines): string {
  try {
    return said(headers, lines);
  } catch (error) {
    return String(error);
  }
}

test("whatever was said before, an answer is written, or is not, as if nothing had been", () => {
  let known = 0;
  const property = fc.property(fc.array(answer, { minLength: 2, maxLength: 8 }), (answers) => {
    const lines = new SaidLines(2);
    for (const headers of answers) {
      known += lines.values.length;
      expect(outcome(headers, lines)).toBe(outcome(headers, new SaidLines()));
    }
  });
  fc.assert(property, runs(2_000));
  expect(known).toBeGreaterThan(100);
});
