import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { now } from "#lib/clock";
import { Operations } from "#lib/jobs/operations";
import { DAY, NOON } from "#test/rules";
import { createTokenWorld, type TokenWorld } from "#test/token-world";
import { beginBulk } from "./commands/begin-bulk";
import { editToken } from "./commands/edit";
import { findTokenBySecret } from "./commands/find";
import { revokeToken } from "./commands/revoke";
import { rotateToken } from "./commands/rotate";
import { findToken, listOwnTokens, pageOfOwnTokens, tokenById, tokensQuery } from "./queries";
import { exportedTokens } from "./queries-export";
import { listManagedTokens, managedTokensQuery, pageOfManagedTokens } from "./queries-managed";
import { tokenFilter } from "./search/filter";

let world: TokenWorld;
let good: string;
let id: string;
let secret: string;
const broken = { pathRules: ["GET /a"], rateLimit: { perMinute: "often" } };
const spoil = (token: string, data: object = broken) =>
  world.installation.db.token.update({ where: { id: token }, data });

beforeAll(async () => {
  world = await createTokenWorld();
  const expiresAt = new Date(now() + 60 * DAY).toISOString();
  good = (await world.made({ name: "good", expiresAt }, world.ada, now())).token.id;
  ({
    token: { id },
    secret,
  } = await world.made({ name: "unreadable", expiresAt }, world.ada, now()));
  await spoil(id);
});
afterAll(() => world.installation.close());

const unreadable = () => ({ id, restrictionsUnreadable: true, pathRules: [], rateLimit: null, status: "active" });
const right = async <T>(answer: Promise<{ ok: true; value: T } | { ok: false }>) => {
  const done = await answer;
  if (!done.ok) throw new Error("refused");
  return done.value;
};

describe("a token whose restrictions cannot be read", () => {
  it("stands in every list beside the others, with what may be done to it: it can be ended, not edited or rotated", async () => {
    const may = {
      ...{ revoke: { allowed: true }, suspend: { allowed: true } },
      ...{ edit: { allowed: false, reason: expect.stringContaining("cannot read") } },
      rotate: { allowed: false, reason: expect.stringContaining("Revoke it") },
    };
    const shown = expect.objectContaining(unreadable());
    const plain = expect.objectContaining({ id: good, restrictionsUnreadable: false });
    const own = await listOwnTokens(world.ada);
    expect(own.find((token) => token.id === id)).toMatchObject({ ...unreadable(), may });
    expect((await listManagedTokens(world.ann, {})).items).toEqual(expect.arrayContaining([shown, plain]));
    const page = await right(pageOfManagedTokens(world.ann, managedTokensQuery.parse({ breaksPolicy: true })));
    expect(page.items.map((token) => token.id)).not.toContain(good);
    const mine = await right(pageOfOwnTokens(world.ada, tokensQuery.parse({})));
    expect(mine.items).toEqual(expect.arrayContaining([expect.objectContaining(unreadable()), plain]));
  });

  it("has its page, its answer by id, its line in the file, and is found by its secret", async () => {
    expect(await findToken(world.ada, id)).toMatchObject(unreadable());
    expect(await tokenById(world.ann, id)).toMatchObject({ value: unreadable() });
    let file = "";
    for await (const piece of exportedTokens(world.ann, tokenFilter.parse({}))) file += piece;
    expect(file).toContain(`"${id}","unreadable"`);
    expect(await world.run(findTokenBySecret, world.ann, { secret })).toMatchObject({ token: unreadable() });
  });

  it("is neither edited nor rotated, by whomever", async () => {
    expect(await world.run(editToken, world.ada, { id, version: 1, name: "x" }, now())).toBe("forbidden");
    expect(await world.run(rotateToken, world.ada, { id }, now())).toBe("forbidden");
    expect(await world.installation.db.token.findUniqueOrThrow({ where: { id } })).toMatchObject(broken);
  });

  it("keeps nobody from ending its successor's life or its own, and its successor is edited when it is gone", async () => {
    const { token: old } = await world.made({ name: "old" });
    const made = await world.run(rotateToken, world.ada, { id: old.id });
    if (typeof made === "string") throw new Error(made);
    await spoil(old.id);
    const edit = { id: made.token.id, version: 1, access: "read" };
    expect(await world.run(editToken, world.ada, edit)).toBe("invalid_input");
    expect(await world.run(revokeToken, world.ada, { id: old.id, only: true })).toMatchObject({ status: "revoked" });
    expect(await world.run(editToken, world.ada, edit)).toMatchObject({ access: "read", version: 2 });
  });

  it("is revoked among many, and alone", async () => {
    const many = await Promise.all([world.made(), world.made(), world.made()]);
    const ids = many.map(({ token }) => token.id);
    await spoil(ids[0] ?? "");
    const later = { action: "change-expiry", expiresAt: new Date(NOON + DAY).toISOString(), ids, expected: 3 };
    const operations = new Operations(world.installation.db);
    const begun = async (input: object) => {
      expect(await world.run(beginBulk, world.ann, input)).toMatchObject({ matched: 3 });
      while (await operations.turn(NOON));
    };
    const { db } = world.installation;
    await begun(later);
    expect(await db.token.count({ where: { id: { in: ids }, expiresAt: new Date(NOON + DAY) } })).toBe(2);
    await begun({ action: "revoke", reason: "policy", ids, expected: 3 });
    expect(await db.token.count({ where: { id: { in: ids }, revokedAt: new Date(NOON) } })).toBe(3);
    expect(await world.run(revokeToken, world.ada, { id }, now())).toMatchObject({ status: "revoked" });
  });
});
