import { describe, expect, test } from "vitest";
import { call, decide, installation, question, request } from "#test/verification";
import { begin } from "../decide";
import { Rates } from "../rates";
import { envoy } from "./envoy";
import { forward } from "./forward";

const THREE = ["Host", "jira.corp", "X-Forwarded-Proto", "https", "X-Forwarded-For", "192.0.2.7"];
const NAMES = THREE.filter((_, i) => i % 2 === 0);
const URL_OF_OURS = "/v1/authz/envoy/gw1";
const asked = (url: string, headers: readonly string[] = THREE, method = "GET") => {
  const gatewayKey = envoy.claims(method, url);
  return gatewayKey === null ? null : envoy.question(call({ method, url, headers }), gatewayKey);
};
const read = (headers: readonly string[]) => asked(`${URL_OF_OURS}/x`, headers)?.reading;
const without = (name: string) => THREE.filter((_, i) => THREE[i - (i % 2)] !== name);

describe("a question of Envoy's", () => {
  test("is the call's own method, and its URL behind the gateway's key, byte for byte", () => {
    expect(asked(`${URL_OF_OURS}/rest/%2e?x=/v1/authz/envoy/gw2&y`, THREE, "PROPFIND")).toMatchObject({
      ...{ adapter: "envoy", gatewayKey: "gw1" },
      reading: {
        ...{ method: "PROPFIND", target: "/rest/%2e?x=/v1/authz/envoy/gw2&y", host: "jira.corp", proto: "https" },
        ...{ clientAddress: "192.0.2.7", headers: THREE },
      },
    });
  });

  test.each([
    "/../../livez",
    "/../../../v1/authz/nginx/gw1",
    "/%2e%2e/%2e%2e/readyz",
    "/..;/metrics",
    "//v1/verify",
    "/\\..\\livez",
    "/#/x",
    "/http://evil/",
  ])("is about %s and nothing else: no path leads out of it", (target) => {
    expect(asked(URL_OF_OURS + target)?.reading).toMatchObject({ target });
  });

  test.each(["/../../livez", "/rest/%2e%2e/secure", "/rest/..;/x", "/#/x"])(
    "about %s is refused for its path",
    (target) => {
      const opening = begin(installation(), question(request({ target })), 0, new Rates());
      expect(opening).toMatchObject({ settled: true, decision: { allowed: false, reason: "path_refused" } });
    },
  );

  test.each(["", "?x", "#x", "%2Fx", ";x", "*", "\\x"])("is none without a path behind the key: %s", (rest) => {
    expect(asked(URL_OF_OURS + rest)).toBeNull();
  });

  test.each(["/v1/authz/envoy//x", "/v1/authz/envoy/%67w1/x", "/v1/authz/envoy/../gw1/x", "/V1/authz/envoy/gw1/x"])(
    "is none behind a key that is none: %s",
    (url) => {
      expect(asked(url)).toBeNull();
    },
  );

  test.each(NAMES)("needs %s exactly once, and saying something", (name) => {
    expect(read(without(name))).toBe(name);
    if (name === "X-Forwarded-For") return;
    expect(read([...without(name), name, ""])).toBe(name);
    expect(read([...THREE, name.toLowerCase(), "x"])).toBe(name);
  });

  test("tells the whole list of addresses, and believes no header of another gateway", () => {
    const list = read([...without("X-Forwarded-For"), "X-Forwarded-For", "192.0.2.7, 10.0.0.1"]);
    expect(list).toMatchObject({ clientAddress: "192.0.2.7, 10.0.0.1" });
    const others = ["X-Forwarded-Host", "evil", "X-Forwarded-Uri", "/", "X-Original-Method", "GET", "X-Real-IP", "::1"];
    expect(read([...THREE, ...others])).toMatchObject({ host: "jira.corp", target: "/x", clientAddress: "192.0.2.7" });
    expect(read([...without("X-Forwarded-For"), ...others])).toBe("X-Forwarded-For");
  });

  test("shows its secret in a header, every line of which counts", () => {
    const headers = [...THREE, "X-Latchkey-Gateway-Key", "a", "x-latchkey-gateway-key", "b"];
    expect(asked(`${URL_OF_OURS}/`, headers)).toMatchObject({ contact: { peer: "local", secrets: ["a", "b"] } });
  });
});

test("Envoy is answered as whoever passes answers on word for word", () => {
  const answering = { requestId: "req_1", portalUrl: "https://latchkey.corp" };
  for (const situation of [{}, { found: null }, { request: { method: "DELETE" } }]) {
    const decision = decide(situation);
    expect(envoy.answer(decision, answering)).toEqual(forward.answer(decision, answering));
  }
});
