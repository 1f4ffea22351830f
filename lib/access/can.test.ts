import { describe, expect, it } from "vitest";
import { operator, sessionViewer, system, tokenItself, tokenViewer, visitor } from "#lib/auth/actors";
import { UNRESTRICTED } from "#lib/tokens/restrictions/restrictions";
import type { Role } from "#lib/users/user";
import { actorName } from "./actor-name";
import { type Ability, administers, can } from "./can";

const person = (role: Role) => ({
  userId: "u1",
  username: "ada",
  displayName: "Ada",
  role,
  groupIds: [],
  address: "::1",
});
const session = (role: Role) =>
  sessionViewer({ kind: "session", ...person(role), sessionId: "s1", steppedUpAt: null, secondFactor: true });
const token = (role: Role) =>
  tokenViewer({
    ...{ kind: "token", ...person(role), tokenId: "t1", tokenName: "ci", access: "write" },
    ...{ applications: ["latchkey"], ipRanges: [], narrowing: UNRESTRICTED, expiresAt: null },
  });

const itself = tokenItself({
  ...{ kind: "itself", tokenId: "t1", tokenName: "ci", ownerId: "u1", ownerName: "ada", address: "::1" },
});

const READS: Ability[] = [
  "tokens.read-all",
  "users.read",
  "groups.read",
  "policies.read",
  "delegations.read",
  "networks.read",
  "applications.read",
  "gateways.read",
  "settings.read",
  "audit.read",
  "explain.any",
];
const WRITES: Ability[] = [
  "users.write",
  "groups.write",
  "policies.write",
  "delegations.write",
  "networks.write",
  "applications.write",
  "gateways.write",
  "settings.write",
];

describe("what a role may do", () => {
  it("administrators everything, auditors read everything, others nothing", () => {
    for (const as of [session, token]) {
      for (const ability of [...READS, ...WRITES]) {
        expect(can(as("admin"), ability)).toBe(true);
        expect(can(as("user"), ability)).toBe(false);
      }
      for (const ability of READS) expect(can(as("auditor"), ability)).toBe(true);
      for (const ability of WRITES) expect(can(as("auditor"), ability)).toBe(false);
    }
  });

  it("nothing is a visitor's or a token's about itself; everything is the operator's and Latchkey's own", () => {
    for (const ability of [...READS, ...WRITES]) {
      expect(can(visitor("::1", ""), ability)).toBe(false);
      expect(can(itself, ability)).toBe(false);
      expect(can(operator(), ability)).toBe(true);
      expect(can(system("start"), ability)).toBe(true);
    }
  });
});

it("administrators, the operator and Latchkey itself administer; a token about itself does not, whoever owns it", () => {
  const all = [session("admin"), token("admin"), operator(), system("start")];
  expect(all.map(administers)).toEqual([true, true, true, true]);
  const none = [session("auditor"), token("user"), visitor("::1", ""), itself];
  expect(none.map(administers)).toEqual([false, false, false, false]);
});

describe("how rows name who did it", () => {
  it("a person by username, also through a token; the operator by the system's user", () => {
    expect(actorName(session("user"))).toBe("ada");
    expect(actorName(token("user"))).toBe("ada");
    expect(actorName(itself)).toBe("ada");
    expect(actorName(system("start"))).toBe("start");
    expect(actorName(visitor("::1", ""))).toBe("visitor");
    expect(actorName(operator())).not.toBe("");
  });
});
