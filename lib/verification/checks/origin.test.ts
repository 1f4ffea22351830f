import { describe, expect, test } from "vitest";
import { parseAddress } from "#lib/networks/address";
import { digestOf } from "#lib/tokens/secret";
import { NOON } from "#test/rules";
import { tokenFacts } from "#test/token-facts";
import {
  decide,
  GATEWAY_SECRET,
  gateway,
  installation,
  question,
  reasonOf,
  refusalOf,
  request,
} from "#test/verification";
import { explain } from "../explain";

const loopback = parseAddress("127.0.0.1");
const contact = (some: Partial<{ peer: ReturnType<typeof parseAddress> | "local"; secrets: readonly string[] }>) => ({
  question: { contact: { peer: loopback, secrets: [GATEWAY_SECRET], ...some } },
});

describe("a gateway", () => {
  test("of ours, with its secret, from its place, at its endpoint, is believed", () => {
    expect(reasonOf()).toBe("allowed");
  });

  test("that nobody knows is unauthorised", () => {
    expect(refusalOf({ question: { gatewayKey: "gw2" } })).toEqual({ reason: "gateway_unauthorized", rule: "key" });
    expect(refusalOf({ question: { gatewayKey: "" } }).reason).toBe("gateway_unauthorized");
  });

  test("with a wrong secret, none or two is unauthorised", () => {
    for (const secrets of [
      ["wrong"],
      [],
      [""],
      [GATEWAY_SECRET, GATEWAY_SECRET],
      [`${GATEWAY_SECRET} `],
      [digestOf(GATEWAY_SECRET)],
    ])
      expect(refusalOf(contact({ secrets }))).toEqual({ reason: "gateway_unauthorized", rule: "secret" });
  });

  test("may use its previous secret until the overlap ends, exclusively", () => {
    const facts = (previousUntil: number | null) => ({
      gateways: [
        gateway({ secretDigest: digestOf("new"), previousSecretDigest: digestOf(GATEWAY_SECRET), previousUntil }),
      ],
    });
    expect(reasonOf({ facts: facts(NOON + 1) })).toBe("allowed");
    expect(reasonOf({ facts: facts(NOON) })).toBe("gateway_unauthorized");
    expect(reasonOf({ facts: facts(null) })).toBe("gateway_unauthorized");
    expect(reasonOf({ facts: facts(NOON + 1), ...contact({ secrets: ["new"] }) })).toBe("allowed");
  });

  test("without peers of its own calls from loopback or a unix socket only", () => {
    for (const peer of [
      parseAddress("127.0.0.2"),
      parseAddress("::1"),
      parseAddress("::ffff:127.0.0.1"),
      "local" as const,
    ])
      expect(reasonOf(contact({ peer }))).toBe("allowed");
    for (const peer of [parseAddress("192.0.2.1"), parseAddress("2001:db8::1"), null])
      expect(refusalOf(contact({ peer }))).toEqual({ reason: "gateway_unauthorized", rule: "peer" });
  });

  test("with peers calls from there only, not from loopback", () => {
    const facts = { gateways: [gateway({ peers: ["192.0.2.0/24"] })] };
    expect(reasonOf({ facts, ...contact({ peer: parseAddress("192.0.2.9") }) })).toBe("allowed");
    for (const peer of [loopback, "local" as const, parseAddress("198.51.100.1")])
      expect(reasonOf({ facts, ...contact({ peer }) })).toBe("gateway_unauthorized");
  });

  test("whose peers cannot be read is unauthorised", () => {
    expect(reasonOf({ facts: { gateways: [gateway({ peers: ["nonsense"] })] } })).toBe("gateway_unauthorized");
  });

  test("is unauthorised at another adapter's endpoint", () => {
    expect(refusalOf({ question: { adapter: "api" } })).toEqual({ reason: "gateway_unauthorized", rule: "adapter" });
  });
});

describe("the original request", () => {
  test("that the adapter could not read is unreadable, and the rule says which part", () => {
    expect(refusalOf({ question: { reading: "X-Original-URI" } })).toEqual({
      reason: "request_unreadable",
      rule: "X-Original-URI",
    });
  });

  test("needs http or https", () => {
    for (const proto of ["", "ftp", "HTTPS", "https,http", "ws"])
      expect(reasonOf({ request: { proto } })).toBe("request_unreadable");
    expect(reasonOf({ request: { proto: "http" } })).toBe("allowed");
  });

  test("needs exactly one address of the client, literal or with a port", () => {
    const wrong = [
      "",
      "unknown",
      "_hidden",
      "192.0.2.1:65536",
      "[192.0.2.1]:80",
      "192.0.2.1, 192.0.2.2",
      "010.0.0.1",
      "0x7f.1",
      "2130706433",
      "1.2.3",
      "fe80::1%eth0",
      "unix:",
    ];
    for (const clientAddress of wrong) expect(reasonOf({ request: { clientAddress } })).toBe("request_unreadable");
    for (const clientAddress of ["2001:db8::1", "::ffff:192.0.2.1", "192.0.2.1:80", "[2001:db8::1]:443"])
      expect(reasonOf({ request: { clientAddress } })).toBe("allowed");
  });

  test("comes from whom the trusted proxies name, for every address rule and in what is recorded", () => {
    const trusting = gateway({ trustedHops: 1, trustedRanges: ["10.0.0.0/24"] });
    const asked = (clientAddress: string, ranges: string[] = []) =>
      decide({ request: { clientAddress }, facts: { gateways: [trusting] }, token: { ipRanges: ranges } });
    const named = asked("6.6.6.6, 192.0.2.7, 10.0.0.1", ["192.0.2.0/24"]);
    expect(named).toMatchObject({ allowed: true, subject: { clientAddress: "192.0.2.7" } });
    expect(asked("192.0.2.7, 198.51.100.1", ["192.0.2.0/24"]).reason).toBe("token_address_refused");
    expect(asked("::ffff:192.0.2.7,10.0.0.1")).toMatchObject({ subject: { clientAddress: "192.0.2.7" } });
    for (const silent of ["10.0.0.1", "unknown, 10.0.0.1", "6.6.6.6,,10.0.0.1"])
      expect([silent, asked(silent).reason]).toEqual([silent, "request_unreadable"]);
  });

  test("is from exactly one address where hops and ranges are not both given", () => {
    for (const half of [{ trustedHops: 1 }, { trustedRanges: ["10.0.0.0/24"] }]) {
      const facts = { gateways: [gateway(half)] };
      expect(reasonOf({ facts, request: { clientAddress: "192.0.2.7, 10.0.0.1" } })).toBe("request_unreadable");
    }
  });

  test("that is only explained comes from the address that was asked about", () => {
    const facts = { gateways: [gateway({ trustedHops: 1, trustedRanges: ["192.0.2.0/24"] })] };
    const explained = explain(installation(facts), { ...question(request()), contact: null }, tokenFacts(), NOON);
    expect(explained.subject.clientAddress).toBe("192.0.2.7");
  });

  test("has a method of upper-case letters and hyphens", () => {
    for (const method of ["get", "Get", "GET ", "G3T", "-GET", "GET-", "M--X", "GET\n", "ÄGET", "A".repeat(33)])
      expect(refusalOf({ request: { method } })).toEqual({ reason: "method_refused", rule: "not well-formed" });
    expect(reasonOf({ request: { method: "VERSION-CONTROL" }, token: { access: "write" } })).toBe("allowed");
  });

  test("is never TRACE, TRACK, CONNECT or DEBUG, also without a token", () => {
    for (const method of ["TRACE", "TRACK", "CONNECT", "DEBUG"])
      expect(reasonOf({ request: { method, headers: [] } })).toBe("method_refused");
  });
});
