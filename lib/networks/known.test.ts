import { describe, expect, it } from "vitest";
import { holder, limits, policy, rules, service } from "#test/rules";
import { knownNetworks, limitingNetworks } from "./known";

const networks = ["office", "ci", "vault", "dmz"].map((name, n) => ({ name, ranges: [`192.0.2.${n}/32`] }));
const all = rules({
  policies: [policy({ own: limits({ ranges: ["office", "10.0.0.0/8", "gone"] }), ceiling: { ranges: ["ci"] } })],
  networks,
  ceilings: { persons: null, serviceAccounts: { ranges: ["vault"] } },
});

describe("the networks whose ranges somebody may read", () => {
  it("are those that their tier, its ceiling and the installation's name", () => {
    expect([...limitingNetworks(holder(), all)]).toEqual(["office", "ci"]);
    expect([...limitingNetworks(service(), all)]).toEqual(["vault"]);
  });

  it("are none where nothing limits them, and for who has no tier only the installation's", () => {
    expect([...limitingNetworks(holder(), rules({ networks }))]).toEqual([]);
    const ceiling = rules({ policies: [], networks, ceilings: { persons: { ranges: ["dmz"] } } });
    expect([...limitingNetworks(holder(), ceiling)]).toEqual(["dmz"]);
  });

  it("stand beside their names; all others have a name only", () => {
    expect(knownNetworks(holder(), all)).toEqual([
      { name: "office", ranges: ["192.0.2.0/32"] },
      { name: "ci", ranges: ["192.0.2.1/32"] },
      { name: "vault", ranges: null },
      { name: "dmz", ranges: null },
    ]);
  });
});
