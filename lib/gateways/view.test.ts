import { describe, expect, it } from "vitest";
import { gatewayView } from "./view";

const row = {
  id: "g1",
  key: "gw1",
  adapter: "nginx" as const,
  peers: ["10.0.0.0/8"],
  trustedHops: 0,
  trustedRanges: [],
  applications: [{ application: { key: "wiki" } }, { application: { key: "jira" } }],
  previousUntil: null,
  createdAt: new Date(0),
  version: 2,
  secretDigest: new Uint8Array(32),
};

describe("a gateway as shown", () => {
  it("names its applications in order, and no digest of a secret", () => {
    expect(gatewayView(row, null)).toEqual({
      id: "g1",
      key: "gw1",
      adapter: "nginx",
      applications: ["jira", "wiki"],
      peers: ["10.0.0.0/8"],
      trustedHops: 0,
      trustedRanges: [],
      lastContactAt: null,
      previousUntil: null,
      createdAt: "1970-01-01T00:00:00.000Z",
      version: 2,
    });
  });

  it("says when it was last heard of, and until when its previous secret works", () => {
    const shown = gatewayView({ ...row, previousUntil: new Date(2) }, new Date(1));
    expect(shown).toMatchObject({
      lastContactAt: "1970-01-01T00:00:00.001Z",
      previousUntil: "1970-01-01T00:00:00.002Z",
    });
  });
});
