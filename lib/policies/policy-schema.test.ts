import { describe, expect, it } from "vitest";
import { refusedInput } from "#lib/errors/invalid-input";
import { policyInput } from "./policy-schema";

const own = { maxLifetimeDays: 7, access: "read", applications: ["jira"], maxActive: 3 };
const interns = {
  name: "Interns",
  priority: 50,
  members: { groups: ["interns", "interns"] },
  use: true,
  create: "yes",
  own,
};

describe("a policy", () => {
  it("grants what it says and nothing that it leaves out", () => {
    expect(policyInput.parse(interns)).toMatchObject({
      members: { everyone: false, groups: ["interns"], serviceAccounts: false },
      selfRotate: false,
      ceiling: null,
    });
    expect(policyInput.parse({ name: "None", priority: 1, members: {} })).toMatchObject({
      use: false,
      create: "no",
      own: null,
    });
  });

  it("that lets create must say how far", () => {
    expect(policyInput.safeParse({ ...interns, own: null }).error?.issues[0]?.path).toEqual(["own"]);
    expect(policyInput.safeParse({ ...interns, create: "no", own: null }).success).toBe(true);
  });

  it("that lets none be created lets no token rotate itself, and says why", () => {
    const [issue] = policyInput.safeParse({ ...interns, create: "no", selfRotate: true }).error?.issues ?? [];
    expect(issue).toMatchObject({
      path: ["selfRotate"],
      message: expect.stringMatching(/^A token rotates itself only/),
    });
    expect(policyInput.safeParse({ ...interns, selfRotate: true }).success).toBe(true);
  });

  it("with creation on request is refused until requests exist", () => {
    const { error } = policyInput.safeParse({ ...interns, create: "request" });
    const refused = error && refusedInput(error);
    expect(refused).toMatchObject({ refusal: { code: "not_enforced_yet", errors: [{ path: "create" }] } });
  });

  it.each([
    { priority: 0 },
    { priority: 1.5 },
    { name: "" },
    { name: "a\u202Eb" },
    { members: { all: true } },
    { extra: 1 },
    { use: "yes" },
    { own: {} },
  ])("with %j is refused", (wrong) => expect(policyInput.safeParse({ ...interns, ...wrong }).success).toBe(false));
});
