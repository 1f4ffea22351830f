import { describe, expect, it } from "vitest";
import { holder, policy, service } from "#test/rules";
import { tierOf } from "./tier";

const members = (some: Partial<ReturnType<typeof policy>["members"]>) => ({
  everyone: false,
  groupIds: [],
  serviceAccounts: false,
  ...some,
});
const everyone = policy();
const interns = policy({
  id: "p-interns",
  name: "Interns",
  priority: 50,
  members: members({ groupIds: ["g-interns"] }),
});
const services = policy({
  id: "p-services",
  name: "Services",
  priority: 20,
  members: members({ serviceAccounts: true }),
});
const policies = [everyone, interns, services];

describe("the tier", () => {
  it("is the matching policy of highest priority, in whatever order they come", () => {
    const intern = holder({ groupIds: ["g-interns"] });
    for (const order of [policies, [...policies].reverse(), [services, interns, everyone]]) {
      expect(tierOf(intern, order)).toEqual({ policy: interns, because: { by: "group", groupId: "g-interns" } });
    }
  });

  it("is decided by that one policy alone: what it does not grant, a lower one does not add", () => {
    const contractors = policy({
      id: "p-c",
      priority: 99,
      members: members({ groupIds: ["g-c"] }),
      use: false,
      create: "no",
      own: null,
    });
    expect(tierOf(holder({ groupIds: ["g-c"] }), [contractors, everyone])?.policy).toBe(contractors);
  });

  it("of somebody whom no policy matches is nothing", () => {
    expect(tierOf(holder(), [interns, services])).toBeNull();
    expect(tierOf(service(), [everyone])).toBeNull();
    expect(tierOf(holder(), [])).toBeNull();
  });

  it("for everyone means persons; service accounts are named by kind or by group", () => {
    expect(tierOf(holder(), policies)).toEqual({ policy: everyone, because: { by: "everyone" } });
    expect(tierOf(service(), policies)).toEqual({ policy: services, because: { by: "serviceAccounts" } });
    expect(tierOf(service({ groupIds: ["g-interns"] }), policies)?.policy).toBe(interns);
    expect(tierOf(holder(), [services])).toBeNull();
  });

  it("whose last group was deleted matches nobody", () => {
    const orphan = policy({ priority: 1_000, members: members({ groupIds: [] }) });
    expect(tierOf(holder({ groupIds: ["g-interns"] }), [orphan])).toBeNull();
    expect(tierOf(service(), [orphan])).toBeNull();
  });

  it("says the group, when there is one, rather than everyone", () => {
    const both = policy({ members: members({ everyone: true, groupIds: ["g-a", "g-b"] }) });
    expect(tierOf(holder({ groupIds: ["g-b"] }), [both])?.because).toEqual({ by: "group", groupId: "g-b" });
  });

  it("is the same for the verifier's view of a person as for the portal's", () => {
    const owner = { kind: "person" as const, groups: [{ id: "g-interns", ref: "interns" }] };
    expect(tierOf(owner, policies)).toEqual(tierOf(holder({ groupIds: ["g-interns"] }), policies));
  });
});
