import { describe, expect, test } from "vitest";
import { call, decide } from "#test/verification";
import { forward } from "./forward";

const FIVE = [
  ...["X-Forwarded-Method", "DELETE", "X-Forwarded-Uri", "/rest/%2e?x", "X-Forwarded-Host", "jira.corp"],
  ...["X-Forwarded-Proto", "https", "X-Forwarded-For", "2001:db8::7"],
];
const NAMES = FIVE.filter((_, i) => i % 2 === 0);
const read = (headers: readonly string[]) => forward.question(call({ headers }), "gw1").reading;
const without = (name: string) => FIVE.filter((_, i) => FIVE[i - (i % 2)] !== name);

describe("a forwarded question", () => {
  test("tells the original request in five headers, byte for byte", () => {
    expect(read(FIVE)).toEqual({
      ...{ method: "DELETE", target: "/rest/%2e?x", host: "jira.corp", proto: "https" },
      ...{ clientAddress: "2001:db8::7", headers: FIVE },
    });
  });

  test.each(NAMES)("needs %s exactly once, and saying something", (name) => {
    expect(read(without(name))).toBe(name);
    if (name === "X-Forwarded-For") return;
    expect(read([...without(name), name, ""])).toBe(name);
    expect(read([...FIVE, name.toLowerCase(), "x"])).toBe(name);
  });

  test("tells all addresses that were forwarded, in the order of their lines", () => {
    const lines = ["X-Forwarded-For", "198.51.100.1, 192.0.2.7", "x-forwarded-for", "10.0.0.1"];
    expect(read([...without("X-Forwarded-For"), ...lines])).toMatchObject({
      clientAddress: "198.51.100.1, 192.0.2.7,10.0.0.1",
    });
  });

  test("believes no list of addresses while no proxy is trusted: whoever is first in it may have written it", () => {
    const decided = (clientAddress: string) => decide({ request: { clientAddress } }).reason;
    expect(decided("192.0.2.7")).toBe("allowed");
    for (const list of ["198.51.100.1, 192.0.2.7", "192.0.2.7,192.0.2.7", "192.0.2.7,", ""])
      expect([list, decided(list)]).toEqual([list, "request_unreadable"]);
  });

  test("believes none of the headers of nginx, nor a spelling with underscores, nor Forwarded", () => {
    const others = [
      ...["X-Original-Method", "GET", "X-Original-URI", "/", "X-Original-Host", "evil", "X-Real-IP", "127.0.0.1"],
      ...["X_Forwarded_Uri", "/", "Forwarded", "for=127.0.0.1;host=evil"],
    ];
    expect(read(others)).toBe("X-Forwarded-Method");
    expect(read([...others, ...FIVE])).toMatchObject({ method: "DELETE", host: "jira.corp" });
    expect(read([...without("X-Forwarded-Uri"), ...others])).toBe("X-Forwarded-Uri");
  });

  test("shows its secret in a header, every line of which counts", () => {
    const headers = [...FIVE, "X-Latchkey-Gateway-Key", "a", "x-latchkey-gateway-key", "b"];
    expect(forward.question(call({ headers }), "gw1")).toMatchObject({
      ...{ adapter: "forward", gatewayKey: "gw1", contact: { peer: "local", secrets: ["a", "b"] } },
    });
  });

  test("is not changed by the query that some gateways append to its URL", () => {
    expect(forward.claims("GET", "/v1/authz/forward/gw1?app=evil&/v1/authz/nginx/gw2")).toBe("gw1");
    expect(forward.claims("GET", "/v1/authz/forward/gw1/..")).toBeNull();
    expect(forward.claims("GET", "/v1/authz/forward/")).toBeNull();
  });
});
