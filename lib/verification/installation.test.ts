import { describe, expect, test } from "vitest";
import { parseAddress } from "#lib/networks/address";
import { inRanges } from "#lib/networks/range-set";
import { digestOf } from "#lib/tokens/secret";
import { application, facts, gateway, installation } from "#test/verification";
import { layOut } from "./installation";

describe("facts laid out for judging", () => {
  test("keep every gateway under its key, with its digests as bytes", () => {
    const laid = installation({
      gateways: [gateway(), gateway({ key: "gw2", previousSecretDigest: digestOf("old") })],
    });
    expect([...laid.gateways.keys()]).toEqual(["gw1", "gw2"]);
    expect(laid.gateways.get("gw1")?.secretDigest).toHaveLength(32);
    expect(laid.gateways.get("gw1")?.previousSecretDigest).toBeNull();
    expect(laid.gateways.get("gw2")?.previousSecretDigest?.toString("hex")).toBe(digestOf("old"));
  });

  test("give a gateway without peers the loopback addresses and nothing else", () => {
    const peers = installation().gateways.get("gw1")?.peers ?? { v4: [], v6: [], unknown: [] };
    const inside = (text: string) => {
      const address = parseAddress(text);
      return address !== null && inRanges(peers, address);
    };
    expect(["127.0.0.1", "127.255.0.1", "::1", "::ffff:127.0.0.1"].map(inside)).toEqual([true, true, true, true]);
    expect(["128.0.0.1", "126.255.255.255", "::2", "10.0.0.1", "0.0.0.0"].map(inside)).toEqual(Array(5).fill(false));
  });

  test("fold the names of header and parameter, so that no spelling hides a credential", () => {
    const credentials = { basic: true, bearer: false, header: "X-Api-Token", query: "Access_Token" };
    const known = installation({ applications: [application({ credentials })] }).routes.get("jira.corp")?.[0]?.to;
    expect(known?.sources).toEqual({ basic: true, bearer: false, header: "x-api-token", query: "access_token" });
  });

  test("allow every address where no range is set, and those of networks where one is", () => {
    expect(installation().ranges).toBeNull();
    const networks = new Map([["office", { name: "office", ranges: ["192.0.2.0/24"] }]]);
    expect(installation({ networks, settings: { ranges: ["office"] } }).ranges?.v4).toHaveLength(1);
  });

  test("are refused whole when an application is of a kind that nobody knows", () => {
    const strange = application(JSON.parse('{"kind":"gopher"}'));
    expect(() => layOut(facts({ applications: [strange] }))).toThrow();
  });

  test("of a thousand applications and gateways are laid out", () => {
    const many = Array.from({ length: 1000 }, (_, i) => i);
    const applications = many.map((i) => application({ key: `a${i}`, routes: [{ host: `h${i}.corp`, context: "" }] }));
    const laid = installation({ applications, gateways: many.map((i) => gateway({ key: `g${i}` })) });
    expect(laid.routes.size).toBe(1000);
  });
});
