import { describe, expect, it } from "vitest";
import { checkSecret } from "#lib/tokens/secret";
import { endpointAt } from "#lib/verification/adapters";
import { createGatewayInput, editGatewayInput } from "./gateway-schema";
import { gatewaySecretDigest, newGatewaySecret } from "./secret";

const GATEWAY = { key: "gw1", adapter: "nginx", applications: ["jira"] };
const issuesOf = (extra: object) => createGatewayInput.safeParse({ ...GATEWAY, ...extra }).error?.issues ?? [];
const pathsOf = (extra: object) => issuesOf(extra).map((issue) => issue.path.join("."));

describe("the input of a gateway", () => {
  it("needs key, adapter and applications", () => {
    expect(createGatewayInput.parse(GATEWAY)).toEqual(GATEWAY);
    for (const field of Object.keys(GATEWAY)) expect(pathsOf({ [field]: undefined })).toEqual([field]);
  });

  it("takes exactly the adapters that the verifier speaks", () => {
    for (const adapter of ["nginx", "forward", "envoy", "api"]) {
      const spoken =
        adapter === "api" ? endpointAt("POST", "/v1/verify") : endpointAt("GET", `/v1/authz/${adapter}/gw1`);
      const further = endpointAt("GET", `/v1/authz/${adapter}/gw1/x`);
      expect([adapter, spoken ?? further]).not.toEqual([adapter, null]);
      expect(issuesOf({ adapter })).toEqual([]);
    }
    expect(pathsOf({ adapter: "traefik" })).toEqual(["adapter"]);
  });

  it("takes ranges as peers, canonical, and never the portal as an application", () => {
    expect(createGatewayInput.parse({ ...GATEWAY, peers: ["192.0.2.7", "2001:DB8::/32"] }).peers).toEqual([
      "192.0.2.7",
      "2001:db8::/32",
    ]);
    expect(pathsOf({ peers: ["office"] })).toEqual(["peers.0"]);
    expect(pathsOf({ applications: ["jira", "latchkey"] })).toEqual(["applications"]);
  });

  it("takes up to 16 trusted hops, and trusted ranges as addresses only, canonical", () => {
    const trust = { trustedHops: 16, trustedRanges: ["2001:DB8::1"] };
    expect(createGatewayInput.parse({ ...GATEWAY, ...trust })).toMatchObject({ trustedRanges: ["2001:db8::1"] });
    for (const trustedHops of [-1, 17, 1.5, "1"]) expect(pathsOf({ trustedHops })).toEqual(["trustedHops"]);
    expect(pathsOf({ trustedRanges: ["office"] })).toEqual(["trustedRanges.0"]);
  });

  it("sets no secret and no key by an edit", () => {
    const edit = { id: "0190d4a5-0000-7000-8000-00000000000a", version: 1 };
    expect(editGatewayInput.safeParse({ ...edit, peers: [] }).success).toBe(true);
    for (const field of ["key", "secret", "secretDigest", "previousUntil"]) {
      expect(editGatewayInput.safeParse({ ...edit, [field]: "x" }).success).toBe(false);
    }
  });
});

describe("a gateway's secret", () => {
  it("is random, and never looks like a token, whatever prefix tokens have", () => {
    const secrets = Array.from({ length: 200 }, newGatewaySecret);
    expect(new Set(secrets).size).toBe(200);
    for (const secret of secrets) {
      expect(secret).toMatch(/^gateway-[0-9a-f]{64}$/);
      for (const prefix of ["lk", "gateway", secret.slice(0, 12)]) {
        expect(checkSecret(secret, { prefix, retiredPrefixes: [] })).toBe("not ours");
      }
    }
  });

  it("is kept as its SHA-256", () => {
    // printf gateway-x | sha256sum
    const digest = "10252b09382961725e843c3e64e79f2f68fa54281c8fb90376208f5e59b43e31";
    expect(gatewaySecretDigest("gateway-x").toString("hex")).toBe(digest);
  });
});
