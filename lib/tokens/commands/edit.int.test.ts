import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY, NOON } from "#test/rules";
import { createTokenWorld, type TokenWorld } from "#test/token-world";
import { editToken } from "./edit";
import { revokeToken } from "./revoke";
import { rotateToken } from "./rotate";

let world: TokenWorld;
beforeAll(async () => {
  world = await createTokenWorld();
});
afterAll(() => world.installation.close());

const edit = (id: string, changes: object, actor: Parameters<TokenWorld["run"]>[1] = world.ada, now = NOON) =>
  world.run(editToken, actor, { id, version: 1, ...changes }, now);
const stored = (id: string) => world.installation.db.token.findUniqueOrThrow({ where: { id } });
const lastEvent = () => world.installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
const iso = (at: number) => new Date(at).toISOString();

describe("editing a token", () => {
  it("changes what is said and keeps what is left out, counts the version and tells the log both states", async () => {
    const { token } = await world.made({ description: "Nightly", labels: ["a"] });
    const after = await edit(token.id, { name: "renamed", contact: "ops", labels: ["b", "b"] });
    expect(after).toMatchObject({ name: "renamed", contact: "ops", labels: ["b"], description: "Nightly", version: 2 });
    expect(await lastEvent()).toMatchObject({
      action: "token.edited",
      detail: { before: { name: "backup", labels: ["a"] }, after: { name: "renamed", labels: ["b"] } },
    });
  });

  it("does nothing, and says nothing in the log, when it is so already", async () => {
    const { token } = await world.made();
    const { seq } = await lastEvent();
    expect(await edit(token.id, { access: "write", name: "backup" })).toMatchObject({ version: 1 });
    expect((await lastEvent()).seq).toBe(seq);
  });

  it("never shows or changes the secret", async () => {
    const { token, secret } = await world.made();
    const digest = () =>
      world.installation.db.token.findUniqueOrThrow({ where: { id: token.id }, select: { digest: true } });
    const before = await digest();
    expect(JSON.stringify(await edit(token.id, { access: "read" }))).not.toContain(secret);
    expect(await digest()).toEqual(before);
  });

  it("is decided once between two who read the same version", async () => {
    const { token } = await world.made();
    const both = await Promise.all([edit(token.id, { name: "one" }), edit(token.id, { name: "two" })]);
    expect(both.filter((each) => each === "stale")).toHaveLength(1);
  });

  it("loses against a revocation at the same time, or comes before it: an ended token stays as it was", async () => {
    const { token } = await world.made();
    const [edited] = await Promise.all([
      edit(token.id, { name: "late" }),
      world.run(revokeToken, world.ada, { id: token.id }),
    ]);
    expect((await stored(token.id)).name).toBe(typeof edited === "string" ? "backup" : "late");
  });

  it("is not found by strangers, and nothing comes of it", async () => {
    const { token } = await world.made();
    expect(await edit(token.id, { name: "mine" }, world.bob)).toBe("not_found");
    expect(await stored(token.id)).toMatchObject({ name: "backup", version: 1 });
  });

  it("moves the change head, so that verifiers hear of the narrower reach", async () => {
    const { token } = await world.made();
    const head = async () => (await world.installation.db.changeHead.findFirstOrThrow()).seq;
    const before = await head();
    await edit(token.id, { access: "read" });
    expect(await head()).toBeGreaterThan(before);
  });

  it("refuses a network that does not exist, and keys that nobody knows", async () => {
    const { token } = await world.made();
    expect(await edit(token.id, { ipRanges: ["nowhere"] })).toBe("invalid_input");
    expect(await edit(token.id, { digest: "00" })).toBe("invalid_input");
    expect(await edit(token.id, { ownerId: world.botId })).toBe("invalid_input");
  });
});

describe("editing while the old secret still works", () => {
  it("narrows both, and shortens the overlap to the new end", async () => {
    const { token } = await world.made();
    const made = await world.run(rotateToken, world.ada, { id: token.id, overlap: "7d" });
    if (typeof made === "string") throw new Error(made);
    await edit(made.token.id, { access: "read", expiresAt: iso(NOON + DAY) });
    expect(await stored(token.id)).toMatchObject({
      access: "read",
      expiresAt: new Date(NOON + DAY),
      overlapEndsAt: new Date(NOON + DAY),
    });
  });

  it("widens the new one only", async () => {
    const { token } = await world.made({ access: "read" });
    const made = await world.run(rotateToken, world.ada, { id: token.id });
    if (typeof made === "string") throw new Error(made);
    expect(await edit(made.token.id, { access: "write" })).toMatchObject({ access: "write" });
    expect(await stored(token.id)).toMatchObject({ access: "read" });
    expect(await edit(token.id, { access: "write", version: (await stored(token.id)).version })).toBe("stale");
  });

  it("leaves the old one what both allow, and is refused where nothing says that, until only the old one is revoked", async () => {
    const { token } = await world.made({ pathRules: ["GET /a", "GET /b"] });
    const made = await world.run(rotateToken, world.ada, { id: token.id });
    if (typeof made === "string") throw new Error(made);
    const { id } = made.token;
    expect(await edit(id, { pathRules: ["GET /b", "GET /c"] })).toMatchObject({ version: 2 });
    expect(await stored(token.id)).toMatchObject({ pathRules: ["GET /b"] });
    const exchanged = { pathRules: ["GET /c"], version: 2 };
    expect(await edit(id, exchanged)).toBe("invalid_input");
    expect(await stored(id)).toMatchObject({ pathRules: ["GET /b", "GET /c"], version: 2 });
    expect(await edit(id, { pathRules: ["GET /b", "GET /c"], version: 2 })).toMatchObject({ version: 2 });
    await world.run(revokeToken, world.ada, { id: token.id, only: true });
    expect(await edit(id, exchanged)).toMatchObject({ pathRules: ["GET /c"], version: 3 });
    expect(await stored(token.id)).toMatchObject({ pathRules: ["GET /b"] });
  });
});
