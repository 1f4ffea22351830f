import { describe, expect, it } from "vitest";
import type { Maker } from "#lib/delegations/power";
import { delegation, holder, limits, policy, rules, service } from "#test/rules";
import { limitsFor, notBelow } from "./limits-for";

const ada: Maker = { userId: "u-ada", role: "user", groupIds: [] };
const eve: Maker = { userId: "u-eve", role: "admin", groupIds: ["g-admins"] };
const services = policy({
  id: "p-s",
  name: "Services",
  members: { everyone: false, groupIds: [], serviceAccounts: true },
  create: "no",
  own: null,
});

function outcome(...args: Parameters<typeof limitsFor>) {
  const result = limitsFor(...args);
  return result.ok ? result.value.map(({ source }) => source.name) : result.refusal.code;
}

describe("tokens of one's own", () => {
  it("are made under one's tier", () => expect(outcome(ada, holder(), "own", rules())).toEqual(["Everyone"]));

  it.each([
    ["no tier", rules({ policies: [] }), "not_granted"],
    ["a tier without use", rules({ policies: [policy({ use: false })] }), "not_granted"],
    ["a tier without create", rules({ policies: [policy({ create: "no" })] }), "not_granted"],
    ["a tier without own limits", rules({ policies: [policy({ create: "no", own: null })] }), "not_granted"],
    ["a tier that asks for requests", rules({ policies: [policy({ create: "request" })] }), "approval_required"],
  ] as const)("are refused with %s", (_, all, code) => expect(outcome(ada, holder(), "own", all)).toBe(code));

  it("are made by nobody else, admins included", () => {
    expect(outcome(eve, holder(), "own", rules())).toBe("forbidden");
    expect(outcome("operator", holder(), "own", rules())).toEqual(["Everyone"]);
  });

  it("are not made for somebody deactivated", () => {
    expect(outcome(ada, holder({ deactivatedAt: 1 }), "own", rules())).toBe("forbidden");
    expect(outcome("operator", holder({ deactivatedAt: 1 }), "own", rules(), true)).toBe("forbidden");
  });

  it("are overridden only where it is about making: use and own limits stay", () => {
    expect(outcome("operator", holder(), "own", rules({ policies: [policy({ create: "no" })] }), true)).toEqual([
      "Everyone",
    ]);
    expect(outcome("operator", holder(), "own", rules({ policies: [policy({ use: false })] }), true)).toBe(
      "not_granted",
    );
    expect(outcome("operator", holder(), "own", rules({ policies: [policy({ create: "no", own: null })] }), true)).toBe(
      "not_granted",
    );
  });

  it("are refused with a sentence that says whose tier it is and what to do", () => {
    const refused = limitsFor(ada, holder(), "own", rules({ policies: [policy({ create: "no" })] }));
    expect(refused).toMatchObject({
      refusal: { detail: "Your tier Everyone does not let you create or rotate tokens. Ask an administrator." },
    });
    const other = limitsFor("operator", holder(), "own", rules({ policies: [] }));
    expect(other).toMatchObject({ refusal: { detail: "No policy gives ada tokens. Ask an administrator." } });
  });
});

describe("tokens for others", () => {
  const all = rules({ policies: [policy(), services], delegations: [delegation()] });

  it("are issued under each delegation by itself, never under two together", () => {
    const second = delegation({
      id: "d-2",
      name: "Readers",
      issue: limits({ access: "read", applications: ["wiki"] }),
    });
    const both = limitsFor(
      eve,
      service(),
      "issue",
      rules({ policies: [services], delegations: [delegation(), second] }),
    );
    expect(both).toMatchObject({
      value: [
        { limits: { access: "write", maxLifetimeDays: null } },
        { limits: { access: "read", maxLifetimeDays: 90 } },
      ],
    });
  });

  it("need a delegation that covers the holder", () => {
    expect(outcome(eve, service(), "issue", all)).toEqual(["Integrations"]);
    expect(outcome(eve, holder(), "issue", all)).toBe("not_granted");
    expect(outcome({ userId: "u-eve", role: "admin", groupIds: [] }, service(), "issue", all)).toBe("not_granted");
    expect(outcome("operator", service(), "issue", all)).toEqual(["Integrations"]);
  });

  it("are not issued to somebody above: an admin's token by nobody but admins", () => {
    const everybody = delegation({
      delegateGroupIds: ["g-desk"],
      scope: { everyone: true, groupIds: [], serviceAccounts: false },
    });
    const desk: Maker = { userId: "u-desk", role: "user", groupIds: ["g-desk"] };
    const covered = rules({ delegations: [everybody] });
    expect(outcome(desk, holder({ role: "admin" }), "issue", covered)).toBe("forbidden");
    expect(outcome(desk, holder({ role: "auditor" }), "issue", covered)).toBe("forbidden");
    expect(outcome(desk, holder(), "issue", covered)).toEqual(["Integrations"]);
    expect(notBelow({ ...desk, role: "admin" }, holder({ role: "admin" })).ok).toBe(true);
    expect(notBelow("operator", holder({ role: "admin" })).ok).toBe(true);
  });

  it("are not made where they could not be used", () => {
    const unused = rules({ policies: [{ ...services, use: false }], delegations: [delegation()] });
    expect(outcome(eve, service(), "issue", unused)).toBe("not_granted");
    expect(outcome("operator", service(), "issue", rules({ policies: [], delegations: [delegation()] }), true)).toBe(
      "not_granted",
    );
  });

  it("are not one's own under another name", () => {
    const everybody = delegation({ scope: { everyone: true, groupIds: [], serviceAccounts: true } });
    const herself = holder({ id: "u-eve", role: "admin", groupIds: ["g-admins"] });
    expect(outcome(eve, herself, "issue", rules({ delegations: [everybody] }))).toBe("not_granted");
  });
});
