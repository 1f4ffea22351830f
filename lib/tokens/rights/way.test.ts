import { describe, expect, it } from "vitest";
import { parseAddress } from "#lib/networks/address";
import { holder, limits, NOON, policy, rules, token } from "#test/rules";
import { effectiveAccess } from "./effective";
import { type Asked, accessOf, refusingBound } from "./way";

const tier = policy({
  name: "Developers",
  own: limits({ applications: ["jira", "wiki"], ranges: ["192.0.2.0/24"] }),
  ceiling: { access: "read" },
});
const all = rules({ policies: [tier], ceilings: { persons: { applications: ["jira", "git"] } } });

function blamed(asked: Asked) {
  const [way] = effectiveAccess(token({ applications: "all" }), holder(), all, NOON).ways;
  return way === undefined ? undefined : refusingBound(way, asked)?.source;
}

describe("a refusal names whose rule it is:", () => {
  it.each<[string, Asked, { kind: string; name: string } | undefined]>([
    ["the token's own", { application: "latchkey" }, { kind: "token", name: "backup" }],
    ["the tier's", { application: "git" }, { kind: "tier", name: "Developers" }],
    [
      "the tier's address",
      { application: "jira", address: parseAddress("203.0.113.1") },
      { kind: "tier", name: "Developers" },
    ],
    ["an address that is not known", { address: null }, { kind: "tier", name: "Developers" }],
    ["the ceiling's", { application: "jira", access: "write" }, { kind: "ceiling", name: "Developers" }],
    ["the installation's", { application: "wiki" }, { kind: "installation", name: "installation" }],
    ["nobody's", { application: "jira", access: "read", address: parseAddress("192.0.2.9") }, undefined],
  ])("%s", (_, asked, source) => expect(blamed(asked)).toEqual(source));
});

describe("accessOf", () => {
  it("is nothing without a way", () => expect(accessOf([])).toBeNull());
});
