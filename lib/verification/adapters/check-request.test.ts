import { Buffer } from "node:buffer";
import { describe, expect, test } from "vitest";
import { type CheckRequest, checkQuestion } from "./check-request";

const HTTP = { method: "GET", path: "/rest?x=%20", host: "jira.corp:443", scheme: "https" };
const SOURCE = { address: { socketAddress: { address: "192.0.2.7" } } };
const asked = (http: object = {}, source: object | null = SOURCE): CheckRequest => ({
  attributes: { source, request: { http: { ...HTTP, ...http } } },
});
const caller = (some = {}) => ({ peer: "local" as const, keys: ["gw1"], secrets: ["s"], ...some });
const read = (request: CheckRequest) => checkQuestion(request, caller()).reading;

describe("a question by gRPC", () => {
  test("tells the original request in its attributes, byte for byte, and the client by Envoy's own connection", () => {
    const headers = { authorization: "Bearer x", "x-forwarded-for": "6.6.6.6", ":path": "/other" };
    expect(checkQuestion(asked({ headers }), caller())).toEqual({
      ...{ adapter: "envoy", gatewayKey: "gw1", contact: { peer: "local", secrets: ["s"] }, withholds: "headers" },
      reading: {
        ...{ method: "GET", target: "/rest?x=%20", host: "jira.corp:443", proto: "https", clientAddress: "192.0.2.7" },
        headers: ["authorization", "Bearer x", "x-forwarded-for", "6.6.6.6", ":path", "/other"],
      },
    });
  });

  test.each(["method", "path", "host", "scheme"])("needs %s", (name) => {
    for (const nothing of ["", undefined])
      expect(read(asked({ [name]: nothing }))).toBe(`attributes.request.http.${name}`);
  });

  test.each([
    ["no source", asked({}, null)],
    ["a source without an address", asked({}, {})],
    ["a socket of the machine", asked({}, { address: { pipe: { path: "/run/x" } } })],
    ["an empty address", asked({}, { address: { socketAddress: { address: "" } } })],
  ])("with %s is not one", (_what, request) => {
    expect(read(request)).toBe("attributes.source.address");
  });

  test.each([{}, { attributes: null }, { attributes: {} }, { attributes: { request: {} } }])(
    "that holds nothing is not one: %j",
    (request) => {
      expect(read(request)).toBe("attributes.request.http");
    },
  );

  test("has all lines as they came where Envoy sends them so, in bytes or as text", () => {
    const headers = [
      { key: "authorization", rawValue: Buffer.from("Basic w6Q=") },
      { key: "authorization", value: "Bearer y" },
      { key: "x-name", rawValue: Buffer.from([0xe4]) },
    ];
    expect(read(asked({ headerMap: { headers } }))).toMatchObject({
      headers: ["authorization", "Basic w6Q=", "authorization", "Bearer y", "x-name", "ä"],
    });
    expect(read(asked({ headers: { cookie: "a" }, headerMap: { headers: headers.slice(2) } }))).toMatchObject({
      headers: ["cookie", "a", "x-name", "ä"],
    });
  });

  test.each(["a\r\nX-Latchkey-User: root", "a\nb", "a\0b"])("with a line break in a header is not one: %j", (value) => {
    expect(read(asked({ headers: { "x-a": value } }))).toBe("headers");
    expect(read(asked({ headers: { [value]: "x" } }))).toBe("headers");
    expect(read(asked({ headerMap: { headers: [{ key: "x", rawValue: Buffer.from(value) }] } }))).toBe("headers");
  });

  test("of a gateway that names itself not at all, or twice, is nobody's", () => {
    for (const keys of [[], ["gw1", "gw1"], ["gw1", "gw2"]])
      expect(checkQuestion(asked(), caller({ keys })).gatewayKey).toBe("");
    expect(checkQuestion(asked(), caller({ secrets: ["a", "b"] })).contact.secrets).toEqual(["a", "b"]);
  });
});
