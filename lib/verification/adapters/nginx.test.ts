import { describe, expect, test } from "vitest";
import { call } from "#test/verification";
import { nginx } from "./nginx";

const FIVE = [
  "X-Original-Method",
  "DELETE",
  "X-Original-URI",
  "/rest/%2e?x",
  "X-Original-Host",
  "jira.corp",
  "X-Original-Proto",
  "https",
  "X-Real-IP",
  "192.0.2.7",
];
const read = (headers: readonly string[]) => nginx.question(call({ headers }), "gw1").reading;
const without = (name: string) => FIVE.filter((_, i) => FIVE[i - (i % 2)] !== name);

describe("nginx", () => {
  test("tells the original request in five headers, byte for byte", () => {
    expect(read(FIVE)).toEqual({
      method: "DELETE",
      target: "/rest/%2e?x",
      host: "jira.corp",
      proto: "https",
      clientAddress: "192.0.2.7",
      headers: FIVE,
    });
  });

  test.each(["X-Original-Method", "X-Original-URI", "X-Original-Host", "X-Original-Proto", "X-Real-IP"])(
    "needs %s exactly once",
    (name) => {
      expect(read(without(name))).toBe(name);
      expect(read([...without(name), name, ""])).toBe(name);
      expect(read([...FIVE, name.toLowerCase(), "x"])).toBe(name);
    },
  );

  test("believes none of the headers that other gateways would set, nor a spelling with underscores", () => {
    const others = [
      "X-Forwarded-Method",
      "GET",
      "X-Forwarded-Uri",
      "/",
      "X-Forwarded-Host",
      "evil",
      "X-Forwarded-For",
      "127.0.0.1",
      "X-Original-URL",
      "/",
      "X_Original_URI",
      "/",
    ];
    expect(read(others)).toBe("X-Original-Method");
    expect(read([...others, ...FIVE])).toMatchObject({
      method: "DELETE",
      target: "/rest/%2e?x",
      clientAddress: "192.0.2.7",
    });
    expect(read([...without("X-Original-URI"), ...others])).toBe("X-Original-URI");
  });

  test("shows its secret in a header, every line of which counts", () => {
    const headers = [...FIVE, "X-Latchkey-Gateway-Key", "a", "x-latchkey-gateway-key", "b"];
    expect(nginx.question(call({ headers }), "gw1")).toMatchObject({
      adapter: "nginx",
      gatewayKey: "gw1",
      contact: { peer: "local", secrets: ["a", "b"] },
    });
  });
});
