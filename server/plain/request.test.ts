import { Buffer } from "node:buffer";
import { describe, expect, test } from "vitest";
import { KnownLines } from "./known-lines";
import { readPlain as readAfter } from "./request";

const readPlain = (bytes: Buffer) => readAfter(bytes, new KnownLines());

const GOOD = ["GET /v1/authz/nginx/gw1?a=%2f HTTP/1.1", "Host: authz", "X-Real-IP:10.0.0.1", "Accept: */*"];
const piece = (lines: readonly string[]): Buffer => Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
const withLines = (...lines: string[]) => piece([...GOOD, ...lines]);

test("a whole head is read as it came: method, raw target, and names and values in their order", () => {
  expect(readPlain(piece(GOOD))).toEqual({
    method: "GET",
    url: "/v1/authz/nginx/gw1?a=%2f",
    rawHeaders: ["Host", "authz", "X-Real-IP", "10.0.0.1", "Accept", "*/*"],
  });
});

test.each([
  ["a line twice", "X-Real-IP: 10.0.0.2"],
  ["an empty value", "X-Empty:"],
  ["an empty value behind a space", "X-Empty: "],
  ["a value with spaces within", "User-Agent: a b  c"],
  ["a body that is none", "Content-Length: 0"],
  ["a connection that stays", "connection: Keep-Alive"],
])("%s is plain", (_what, line) => {
  expect(readPlain(withLines(line))?.rawHeaders).toHaveLength(8);
});

test.each([
  ["a body", "Content-Length: 1"],
  ["a length that one might read otherwise", "Content-Length: 00"],
  ["a list of lengths", "Content-Length: 0, 0"],
  ["a length of nothing twice", "Content-Length: 0\r\nContent-Length: 0"],
  ["a body in chunks", "Transfer-Encoding: chunked"],
  ["a body in any coding, however it is spelt", "tRANSFER-eNCODING: identity"],
  ["an expectation", "Expect: 100-continue"],
  ["another protocol", "Upgrade: websocket"],
  ["a connection that ends", "Connection: close"],
  ["a header for this connection only", "Connection: keep-alive, X-Real-IP"],
  ["what some read as Connection", "Proxy-Connection: keep-alive"],
  ["a second host", "Host: other"],
  ["a name with a space behind it", "X-Name : value"],
  ["a name with nothing in it", ": value"],
  ["a line without a colon", "nonsense"],
  ["a folded line", " folded"],
  ["a tab before a value", "X-Name:\tvalue"],
  ["two spaces before a value", "X-Name:  value"],
  ["a space behind a value", "X-Name: value "],
  ["a byte beyond ASCII", "X-Name: gr\u00fcn"],
  ["a control character", "X-Name: a\u0001b"],
  ["a bare line feed", "X-Name: a\nX-Other: b"],
  ["a bare carriage return", "X-Name: a\rb"],
  ["a NUL", "X-Name: a\u0000b"],
])("%s is not plain", (_what, line) => {
  expect(readPlain(withLines(line))).toBeNull();
});

test.each([
  "GET  / HTTP/1.1",
  "GET /a b HTTP/1.1",
  "GET / HTTP/1.0",
  "GET / HTTP/2.0",
  "GET / http/1.1",
  "GET /",
  "GET http://authz/ HTTP/1.1",
  "GET * HTTP/1.1",
  "GET /a#b HTTP/1.1",
  "get / HTTP/1.1",
  "HEAD / HTTP/1.1",
  "CONNECT /a HTTP/1.1",
  "PRI / HTTP/1.1",
  "NONSENSE / HTTP/1.1",
  " / HTTP/1.1",
  " GET / HTTP/1.1",
  "\r\nGET / HTTP/1.1",
])("the request line %j is not plain", (line) => {
  expect(readPlain(piece([line, "Host: authz"]))).toBeNull();
});

describe("what is not exactly one head", () => {
  const whole = piece(GOOD);
  test("a part of one is not plain, wherever it was cut", () => {
    for (let end = 0; end < whole.length; end++) expect(readPlain(whole.subarray(0, end))).toBeNull();
  });
  test("one with anything behind it is not plain", () => {
    for (const more of ["x", "\r\n", "\r\n\r\n", piece(GOOD).toString("latin1"), "\0"]) {
      expect(readPlain(Buffer.concat([whole, Buffer.from(more)]))).toBeNull();
    }
  });
  test("one without a host, or one that is longer than a gateway's, is not plain", () => {
    expect(readPlain(piece(["GET / HTTP/1.1", "Accept: */*"]))).toBeNull();
    expect(readPlain(withLines(`X-Long: ${"a".repeat(17_000)}`))).toBeNull();
  });
});
