import { describe, expect, it } from "vitest";
import { LATCHKEY } from "#lib/applications/application";
import { holder, limits, policy, rules } from "#test/rules";
import { application } from "#test/verification";
import { type FormInputs, formFacts } from "./form-facts";

const developers = policy({
  name: "Developers",
  members: { everyone: false, groupIds: ["g-dev"], serviceAccounts: false },
  own: limits({ maxActive: 5, ranges: ["office"] }),
});
const networks = [{ name: "office", ranges: ["192.0.2.0/24"] }];

const facts = (some: Partial<FormInputs> = {}, all = rules({ policies: [developers], networks })) =>
  formFacts({
    holder: holder({ groupIds: ["g-dev"] }),
    rules: {
      ...all,
      applications: [
        application({ key: "jira", routes: [{ host: "tools.corp", context: "/jira" }] }),
        application({ key: LATCHKEY, routes: [] }),
      ],
    },
    active: { own: 2, issued: 0, held: 3 },
    groups: [{ id: "g-dev", source: "local", externalId: "jira-developers" }],
    address: "192.0.2.1",
    portalUrl: "https://latchkey.corp:8443/x",
    ...some,
  });

describe("what the form of a new token knows", () => {
  it("is the tier, why it applies, and its limits with their sources", () => {
    expect(facts()).toMatchObject({
      mayCreate: { allowed: true, reason: null },
      tier: { name: "Developers", because: "because you are in jira-developers" },
      limits: { maxLifetimeDays: 90, maxActive: 5 },
      sources: { maxActive: { kind: "tier", name: "Developers" } },
      rangeLimits: [{ ranges: ["office"] }],
      activeTokens: 2,
      networks,
      address: "192.0.2.1",
    });
  });

  it("says where requests go: host and context, the portal's own for latchkey", () => {
    expect(facts().applications.map(({ key, host }) => [key, host])).toEqual([
      ["jira", "tools.corp/jira"],
      [LATCHKEY, "latchkey.corp:8443"],
    ]);
  });

  it("shows the quota that leaves least room, and what counts against it", () => {
    const all = rules({ policies: [{ ...developers, ceiling: { maxActive: 4 } }] });
    expect(facts({}, all)).toMatchObject({
      limits: { maxActive: 4 },
      activeTokens: 3,
      sources: { maxActive: { kind: "ceiling" } },
    });
  });

  it("refuses early, with the sentence that the command would give", () => {
    expect(facts({ active: { own: 5, issued: 0, held: 5 } }).mayCreate).toEqual({
      allowed: false,
      reason: "5 of 5 active tokens of your own exist already; revoke one first: tier Developers.",
    });
    expect(facts({ holder: holder() })).toMatchObject({
      mayCreate: { allowed: false, reason: "No policy gives you tokens. Ask an administrator." },
      tier: null,
      limits: null,
      sources: null,
    });
  });

  it("explains a tier for everyone, and one of a group that cannot be named", () => {
    expect(facts({}, rules()).tier?.because).toBe("because it is for everyone");
    expect(facts({ groups: [] }).tier?.because).toBe("because of a group you are in");
  });
});
