import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Viewer } from "#lib/access/viewer";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { createDelegation } from "#lib/delegations/commands/create";
import { delegationById, delegationsQuery, listDelegations } from "#lib/delegations/queries";
import { groupById, groupByRef, groupsQuery, listGroups } from "#lib/groups/queries";
import { listPolicies, policiesQuery, policyById } from "#lib/policies/queries";
import { type Cast, castOf } from "#test/actors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { listUsers, userById, userByName, usersQuery } from "./queries";

const NOW = Date.UTC(2026, 10, 22, 12);
const ISSUE = { maxLifetimeDays: 30, access: "read", applications: "all", maxActive: null };
let installation: TestInstallation;
let cast: Cast;
/** A delegate for one group, and one for all service accounts; neither has a role. */
let lead: Viewer;
let keeper: Viewer;

beforeAll(async () => {
  installation = await createInstallation(NOW);
  cast = await castOf(installation);
  const { db, person, viewer } = installation;
  for (const name of ["leads", "team", "keepers"]) await db.group.create({ data: { name, externalId: name } });
  await person("lea", ["leads"]);
  await person("kim", ["keepers"]);
  await person("tia", ["team"]);
  await person("tom", ["team"]);
  await db.user.create({ data: { kind: "service", username: "bot", usernameKey: "bot", displayName: "The Robot" } });
  const delegate = (input: object) =>
    execute(db, createDelegation, operator(), { powers: ["end"], issue: ISSUE, ...input }, NOW);
  await delegate({ name: "Team", delegates: ["leads"], scope: { groups: ["team"] } });
  await delegate({ name: "Robots", delegates: ["keepers"], scope: { serviceAccounts: true } });
  lead = await viewer("lea");
  keeper = await viewer("kim");
});
afterAll(() => installation.close());

async function names(viewer: Viewer, raw: object = {}): Promise<string[] | string> {
  const list = await listUsers(viewer, usersQuery.parse(raw));
  return list.ok ? list.value.items.map((user) => user.username) : list.refusal.code;
}

const ALL = ["ann", "bot", "kim", "lea", "otto", "tia", "tom", "uma"];
const UNKNOWN = "0190d4a5-0000-7000-8000-0000000000ff";

describe("users", () => {
  it("are seen by administrators, auditors, their tokens and the operator", async () => {
    const readers = [cast.admin, cast.auditor, cast["read token"], cast["write token"], cast.cli];
    for (const viewer of readers) expect(await names(viewer)).toEqual(ALL);
  });

  it("are seen by delegates within their scope, and by nobody else", async () => {
    expect(await names(lead)).toEqual(["tia", "tom"]);
    expect(await names(keeper)).toEqual(["bot"]);
    expect(await names(cast.user)).toBe("forbidden");
  });

  it("outside a viewer's scope are not found, whether they exist or not", async () => {
    const uma = await installation.db.user.findFirstOrThrow({ where: { username: "uma" } });
    expect(await userById(cast.auditor, uma.id)).toMatchObject({ value: { username: "uma" } });
    for (const viewer of [lead, keeper, cast.user]) {
      const hidden = await userById(viewer, uma.id);
      expect(hidden).toMatchObject({ refusal: { code: "not_found" } });
      expect(hidden).toEqual(await userById(viewer, UNKNOWN));
      expect(await userByName(viewer, "uma")).toEqual(hidden);
    }
    expect(await userByName(lead, "TOM")).toMatchObject({ value: { username: "tom" } });
    expect(await userById(cast.admin, "uma")).toMatchObject({ refusal: { code: "not_found" } });
  });

  it("are found by part of their names, literally and whatever the case", async () => {
    expect(await names(cast.admin, { q: "ROBO" })).toEqual(["bot"]);
    expect(await names(cast.admin, { q: "t" })).toEqual(["bot", "otto", "tia", "tom"]);
    expect(await names(cast.admin, { q: "%" })).toEqual([]);
    expect(await names(cast.admin, { q: "_" })).toEqual([]);
    expect(await names(cast.admin, { q: "' OR ''='" })).toEqual([]);
    expect(await names(cast.user, { q: "ann" })).toBe("forbidden");
  });

  it("come page by page in every order, each once", async () => {
    for (const sort of ["username", "-username", "displayName", "-displayName", "createdAt", "-createdAt"]) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const list = await listUsers(cast.admin, usersQuery.parse({ sort, limit: "3", ...(cursor && { cursor }) }));
        if (!list.ok) throw new Error(list.refusal.detail);
        seen.push(...list.value.items.map((user) => user.username));
        cursor = list.value.nextCursor;
      } while (cursor !== null);
      expect(seen.toSorted()).toEqual(ALL);
      if (sort === "-username") expect(seen).toEqual(ALL.toReversed());
    }
  });
});

describe("groups", () => {
  const refs = async (viewer: Viewer) => {
    const list = await listGroups(viewer, groupsQuery.parse({}));
    return list.ok ? list.value.items.map((group) => group.ref) : list.refusal.code;
  };

  it("are seen by administrators and auditors, by delegates within their scope, and by nobody else", async () => {
    const all = ["admins", "api-users", "auditors", "keepers", "leads", "team"];
    expect(await refs(cast.admin)).toEqual(all);
    expect(await refs(cast.auditor)).toEqual(all);
    expect(await refs(lead)).toEqual(["team"]);
    expect(await refs(keeper)).toEqual([]);
    expect(await refs(cast.user)).toBe("forbidden");
  });

  it("tell their role and how many are in them, by id and by ref", async () => {
    const team = await groupByRef(cast.auditor, "team");
    expect(team).toMatchObject({ value: { ref: "team", role: null, memberCount: 2 } });
    expect(await groupByRef(cast.admin, "auditors")).toMatchObject({ value: { role: "auditor", memberCount: 1 } });
    expect(await groupById(lead, team.ok ? team.value.id : "")).toEqual(team);
    expect(await groupByRef(lead, "admins")).toMatchObject({ refusal: { code: "not_found" } });
    expect(await groupByRef(cast.admin, "ldap:team")).toMatchObject({ refusal: { code: "not_found" } });
    expect(await groupById(cast.admin, "team")).toMatchObject({ refusal: { code: "not_found" } });
  });
});

describe("policies", () => {
  it("are seen by administrators and auditors, the deciding one first", async () => {
    for (const viewer of [cast.admin, cast.auditor]) {
      const list = await listPolicies(viewer, policiesQuery.parse({}));
      const shown = list.ok ? list.value.items.map(({ name, priority }) => [name, priority]) : [];
      expect(shown).toEqual([
        ["Administrators", 1000],
        ["API users", 100],
        ["Service accounts", 50],
      ]);
    }
  });

  it("are nobody else's business, delegates' neither", async () => {
    const { id } = await installation.db.policy.findFirstOrThrow();
    expect(await policyById(cast.auditor, id)).toMatchObject({ ok: true });
    for (const viewer of [lead, cast.user]) {
      expect(await listPolicies(viewer, policiesQuery.parse({}))).toMatchObject({ refusal: { code: "forbidden" } });
      expect(await policyById(viewer, id)).toMatchObject({ refusal: { code: "not_found" } });
    }
  });

  it("page by priority as a number, not as text", async () => {
    const first = await listPolicies(cast.admin, policiesQuery.parse({ sort: "priority", limit: "2" }));
    const cursor = (first.ok && first.value.nextCursor) || "";
    const second = await listPolicies(cast.admin, policiesQuery.parse({ sort: "priority", limit: "2", cursor }));
    const priorities = [first, second].flatMap((list) =>
      list.ok ? list.value.items.map((each) => each.priority) : [],
    );
    expect(priorities).toEqual([50, 100, 1000]);
  });
});

describe("delegations", () => {
  const shown = async (viewer: Viewer) => {
    const list = await listDelegations(viewer, delegationsQuery.parse({}));
    return list.ok ? list.value.items.map((delegation) => delegation.name) : list.refusal.code;
  };

  it("are seen by administrators and auditors, by delegates their own, and by nobody else", async () => {
    expect(await shown(cast.admin)).toEqual(["Administrators", "Integrations", "Robots", "Team"]);
    expect(await shown(cast.auditor)).toHaveLength(4);
    expect(await shown(lead)).toEqual(["Team"]);
    expect(await shown(keeper)).toEqual(["Robots"]);
    expect(await shown(cast.user)).toBe("forbidden");
  });

  it("of others are not found", async () => {
    const robots = await installation.db.delegation.findFirstOrThrow({ where: { name: "Robots" } });
    expect(await delegationById(keeper, robots.id)).toMatchObject({
      value: { name: "Robots", delegates: ["keepers"], scope: { everyone: false, groups: [], serviceAccounts: true } },
    });
    expect(await delegationById(lead, robots.id)).toMatchObject({ refusal: { code: "not_found" } });
    expect(await delegationById(cast.admin, "x")).toMatchObject({ refusal: { code: "not_found" } });
  });
});
