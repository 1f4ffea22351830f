import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Viewer } from "#lib/access/viewer";
import { operator } from "#lib/auth/actors";
import { now } from "#lib/clock";
import { DAY } from "#test/rules";
import { createTokenWorld, type TokenWorld } from "#test/token-world";
import { findToken, listOwnTokens, pageOfOwnTokens, tokenById, tokensQuery } from "./queries";
import { tokenFormFacts } from "./queries-form";
import { listManagedTokens, managedTokensQuery, managesTokens, pageOfManagedTokens } from "./queries-managed";
import { STATUSES, type Status, statusOf } from "./status";

let world: TokenWorld;
const ids: Record<string, string> = {};
const at = now();

beforeAll(async () => {
  world = await createTokenWorld();
  const add = async (name: string, some: object = {}, actor?: Parameters<TokenWorld["made"]>[1]) => {
    const { token } = await world.made({ name, expiresAt: new Date(at + 60 * DAY).toISOString(), ...some }, actor, at);
    ids[name] = token.id;
  };
  for (const name of [
    "active",
    "expiring",
    "rotating",
    "pending",
    "suspended",
    "expired",
    "denied",
    "revoked",
    "lapsed",
  ])
    await add(name);
  await add("100% wild_card", { description: "Nightly export", contact: "Team Ä", labels: ["prod"] });
  await add("anns", {}, world.ann);
  ids.bots = (await world.issued({ name: "bots" }, at)).token.id;
  const { db, person } = world.installation;
  const gone = await person("gone", ["api-users"]);
  const set = (name: string, data: object) => db.token.update({ where: { id: ids[name] ?? "" }, data });
  const [past, soon] = [new Date(at - DAY), new Date(at + DAY)];
  await add("orphaned");
  await set("orphaned", { ownerId: gone.id });
  await db.user.update({ where: { id: gone.id }, data: { deactivatedAt: past } });
  await set("expiring", { expiresAt: soon });
  await set("rotating", { supersededAt: past, overlapEndsAt: soon });
  await set("lapsed", { supersededAt: past, overlapEndsAt: past });
  await set("pending", { digest: null, secretBornAt: null });
  await set("suspended", { suspendedAt: past, suspendedBy: "x" });
  await set("expired", { expiresAt: past });
  await set("denied", { deniedAt: past, expiresAt: past });
  await set("revoked", {
    revokedAt: past,
    revokedBy: "x",
    revocationReason: "unused",
    suspendedAt: past,
    suspendedBy: "x",
  });
});
afterAll(() => world.installation.close());

/** What REST and the page list of those whom somebody manages. */
const managed = async (viewer: Viewer) => {
  const rest = await pageOfManagedTokens(viewer, managedTokensQuery.parse({ limit: "100" }));
  const page = await listManagedTokens(viewer, { limit: "100" });
  const named = (items: readonly { name: string }[]) => items.map(({ name }) => name);
  return [rest.ok ? named(rest.value.items) : rest.refusal.code, named(page.items)];
};

const names = async (viewer: Viewer, query: object = {}) => {
  const found = await pageOfManagedTokens(viewer, managedTokensQuery.parse({ limit: "100", sort: "name", ...query }));
  return found.ok ? found.value.items.map(({ name }) => name) : found.refusal.code;
};

describe("who sees which tokens", () => {
  it("to manage: with a role all; without one only those of accounts one maintains", async () => {
    expect(await names(world.ann)).toHaveLength(13);
    expect(await names(operator())).toHaveLength(13);
    expect(await names(world.ada)).toEqual(["bots"]);
    expect(await names(world.bob)).toBe("forbidden");
  });

  it("by a delegation, those in its scope", async () => {
    const { db, viewer } = world.installation;
    const group = await db.group.create({ data: { name: "desk", externalId: "desk" } });
    await db.membership.create({ data: { groupId: group.id, userId: world.bob.userId, addedBy: "test" } });
    const delegation = await db.delegation.findFirstOrThrow({ where: { name: "Integrations" } });
    await db.delegationDelegate.create({ data: { groupId: group.id, delegationId: delegation.id } });
    const bob = await viewer("bob");
    expect(await names(bob)).toEqual(["bots"]);
    expect(await managed(bob)).toEqual([["bots"], ["bots"]]);
    await db.delegationDelegate.delete({
      where: { delegationId_groupId: { groupId: group.id, delegationId: delegation.id } },
    });
  });

  it("as those one manages: to maintainers their accounts', with a role all, to others neither list nor page", async () => {
    expect(await managed(world.ada)).toEqual([["bots"], ["bots"]]);
    expect((await managed(world.ann))[0]).toHaveLength(13);
    expect(await managed(world.bob)).toEqual(["forbidden", []]);
    expect(await Promise.all([world.ada, world.ann, world.bob, operator()].map(managesTokens))).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });

  it("for a page with what their viewer may do to each, maintainers like holders, a role alone nothing", async () => {
    const mayOf = async (viewer: Viewer, id: string | undefined) =>
      Object.entries((await findToken(viewer, id))?.may ?? {}).flatMap(([action, { allowed }]) =>
        allowed ? [action] : [],
      );
    expect(await mayOf(world.ada, ids.bots)).toEqual(["revoke", "suspend", "edit"]);
    expect(await mayOf(world.ada, ids.active)).toEqual(["revoke", "suspend", "rotate", "edit"]);
    expect(await mayOf(world.ada, ids.revoked)).toEqual([]);
    await world.installation.db.delegation.updateMany({ data: { powers: ["issue"] } });
    expect(await mayOf(world.ann, ids.active)).toEqual([]);
    const [listed] = (await listManagedTokens(world.ada, {})).items;
    expect(listed).toMatchObject({ name: "bots", may: { rotate: { allowed: false, reason: expect.any(String) } } });
  });

  it("and one by its id likewise: what is not for a viewer is not found", async () => {
    expect(await findToken(world.ada, ids.active)).toMatchObject({ name: "active", lastUsedAt: null });
    expect(await findToken(world.bob, ids.active)).toBeNull();
    expect(await findToken(world.ada, ids.anns)).toBeNull();
    for (const wrong of [undefined, "", "x", "0190d4a5-0000-7000-8000-00000000000a"])
      expect(await findToken(world.ann, wrong)).toBeNull();
    expect(await tokenById(world.bob, ids.active)).toMatchObject({ refusal: { code: "not_found" } });
  });

  it("as one's own are never those one maintains", async () => {
    const own = await listOwnTokens(world.ada);
    expect(own.map(({ owner }) => owner.username)).toEqual(Array.from({ length: 10 }, () => "ada"));
    expect(await listOwnTokens(operator())).toEqual([]);
    expect(await pageOfOwnTokens(operator(), tokensQuery.parse({}))).toMatchObject({ ok: false });
    expect(await pageOfOwnTokens(world.bob, tokensQuery.parse({}))).toMatchObject({ value: { items: [] } });
  });
});

describe("filters", () => {
  it.each(STATUSES)("by status %s find what the status function calls so", async (status: Status) => {
    const all = await world.installation.db.token.findMany({ include: { owner: true } });
    const ms = (date: Date | null) => date?.getTime() ?? null;
    const expected = all.filter((row) => {
      const { revokedAt, deniedAt, expiresAt, suspendedAt, secretBornAt, supersededAt, overlapEndsAt } = row;
      const dated = { revokedAt, deniedAt, expiresAt, suspendedAt, secretBornAt, supersededAt, overlapEndsAt };
      const inMs = Object.fromEntries(Object.entries(dated).map(([key, date]) => [key, ms(date)])) as Parameters<
        typeof statusOf
      >[0];
      return statusOf(inMs, { deactivatedAt: ms(row.owner.deactivatedAt) }, at) === status;
    });
    const found = await names(world.ann, { status });
    expect(found).toEqual(expected.map(({ name }) => name).sort());
    expect(found.length).toBeGreaterThan(0);
  });

  it("of the same name are *or*, of different names *and*", async () => {
    expect(await names(world.ann, { status: ["suspended", "denied"] })).toEqual(["denied", "suspended"]);
    expect(await names(world.ann, { status: "active", owner: "ANN" })).toEqual(["anns"]);
    expect(await names(world.ann, { owner: ["ann", "bot"] })).toEqual(["anns", "bots"]);
  });

  it("by text look in name, purpose, contact, label, owner and hint, and take no wildcards", async () => {
    for (const q of ["WILD", "nightly", "team ä", "prod", "100%", "d_c"])
      expect(await names(world.ann, { q })).toEqual(["100% wild_card"]);
    expect(await names(world.ann, { q: "bot" })).toEqual(["bots"]);
    expect(await names(world.ann, { q: "%" })).toEqual([]);
    expect(await names(world.ann, { q: "10" })).toEqual(["100% wild_card"]);
    const hint = (await findToken(world.ann, ids.active))?.hint ?? "";
    expect(await names(world.ann, { q: hint })).toEqual(["active"]);
  });

  it("that do not exist are refused", () => {
    for (const query of [{ status: "fine" }, { colour: "red" }, { sort: "hint" }, { limit: "101" }])
      for (const schema of [tokensQuery, managedTokensQuery]) expect(schema.safeParse(query).success).toBe(false);
  });
});

describe("paging", () => {
  it.each(["name", "-name", "createdAt", "-createdAt", "owner", "-expiresAt", "lastUsedAt", "access"])(
    "sorted by %s visits every token once, and leads back",
    async (sort) => {
      const query = (cursor?: string | null) =>
        managedTokensQuery.parse({ sort, limit: 4, ...(cursor ? { cursor } : {}) });
      const pages: string[][] = [];
      let cursor: string | null = null;
      let previous: string | null = null;
      do {
        const found = await pageOfManagedTokens(world.ann, query(cursor));
        if (!found.ok) throw new Error(found.refusal.detail);
        pages.push(found.value.items.map(({ id }) => id));
        cursor = found.value.nextCursor;
        previous = found.value.previousCursor;
      } while (cursor !== null);
      expect(pages.map(({ length }) => length)).toEqual([4, 4, 4, 1]);
      expect(new Set(pages.flat()).size).toBe(13);
      const back = await pageOfManagedTokens(world.ann, query(previous));
      expect(back.ok && back.value.items.map(({ id }) => id)).toEqual(pages[2]);
    },
  );

  it("with somebody else's cursor is refused; a page, whose URL is typed by hand, begins again", async () => {
    const query = managedTokensQuery.parse({ cursor: "bm9uc2Vuc2U" });
    expect(await pageOfManagedTokens(world.ann, query)).toMatchObject({ refusal: { code: "invalid_input" } });
    expect((await listManagedTokens(world.ann, { cursor: "bm9uc2Vuc2U", limit: 5, q: "" })).items).toHaveLength(5);
    expect((await listManagedTokens(world.ann, { status: ["suspended"] as const, cursor: null })).items).toHaveLength(
      1,
    );
  });
});

describe("the form's facts", () => {
  it("come from the database of today", async () => {
    expect(await tokenFormFacts(world.ada)).toMatchObject({
      mayCreate: { allowed: true },
      tier: { name: "API users", because: "because you are in api-users" },
      limits: { maxLifetimeDays: 90, maxActive: 25 },
      activeTokens: 5,
      applications: [{ key: "jira", host: "jira.example.com" }, { key: "wiki" }, { key: "latchkey" }],
    });
    expect((await tokenFormFacts(world.bob)).mayCreate.allowed).toBe(false);
    expect((await tokenFormFacts(operator())).mayCreate.allowed).toBe(false);
  });
});
