import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { digestOf } from "#lib/tokens/secret";
import { statusOf } from "#lib/tokens/status";
import { readTokenFacts } from "#lib/verification/facts/portal";
import { DAY, NOON } from "#test/rules";
import { createTokenWorld, type TokenWorld } from "#test/token-world";
import { rotateToken } from "./rotate";

let world: TokenWorld;
beforeAll(async () => {
  world = await createTokenWorld();
});
afterAll(() => world.installation.close());

const rotate = (id: string, overlap: string, now: number) => world.run(rotateToken, world.ada, { id, overlap }, now);
const stored = (id: string) => world.installation.db.token.findUniqueOrThrow({ where: { id } });

describe("rotating in a row", () => {
  const next = async (id: string, overlap: string, now: number) => {
    const done = await rotate(id, overlap, now);
    if (typeof done === "string") throw new Error(done);
    return done;
  };
  const headOf = async () => (await world.installation.db.changeHead.findFirstOrThrow()).seq;
  const worksFor = async (secret: string, now: number) => {
    const facts = await readTokenFacts(world.installation.db, digestOf(secret));
    return facts === null ? "unknown" : statusOf(facts.token, facts.owner, now);
  };

  it("leaves a pair: what came before it stops at once, for verifiers too, and the log names it", async () => {
    const first = await world.made();
    const second = await next(first.token.id, "7d", NOON + 1_000);
    expect(await worksFor(first.secret, NOON + 2_000)).toBe("rotating");
    const before = await headOf();
    const third = await next(second.token.id, "7d", NOON + 2_000);
    const statuses = [first, second, third].map(({ secret }) => worksFor(secret, NOON + 2_000));
    expect(await Promise.all(statuses)).toEqual(["revoked", "rotating", "active"]);
    expect(await stored(first.token.id)).toMatchObject({ overlapEndsAt: new Date(NOON + 2_000), version: 3 });
    const key = digestOf(first.secret);
    expect(await world.installation.db.change.count({ where: { seq: { gt: before }, kind: "token", key } })).toBe(1);
    const told = { action: "token.rotated", subjectId: second.token.id };
    const event = await world.installation.db.auditEvent.findFirstOrThrow({ where: told });
    expect(event).toMatchObject({ detail: { after: { stopped: [first.token.id] } } });
  });

  it("stops every older one that still works, and leaves alone what has stopped already", async () => {
    const first = await world.made();
    const second = await next(first.token.id, "15m", NOON + 1_000);
    const third = await next(second.token.id, "7d", NOON + 3_600_000);
    expect(await stored(first.token.id)).toMatchObject({ overlapEndsAt: new Date(NOON + 901_000), version: 2 });
    // As rotations of before this rule left them.
    const late = new Date(NOON + 7 * DAY);
    await world.installation.db.token.update({ where: { id: first.token.id }, data: { overlapEndsAt: late } });
    await next(third.token.id, "first-use", NOON + 7_200_000);
    for (const { token } of [first, second])
      expect(await stored(token.id)).toMatchObject({ overlapEndsAt: new Date(NOON + 7_200_000) });
  });

  it("leaves at most a pair also when the old and the new one are acted on at the same time", async () => {
    for (let round = 0; round < 3; round += 1) {
      const first = await world.made();
      const second = await next(first.token.id, "7d", NOON + 1_000);
      const both = [first, second, second].map(({ token }) => rotate(token.id, "7d", NOON + 2_000));
      const outcomes = await Promise.all(both);
      expect(outcomes.filter((each) => typeof each !== "string")).toHaveLength(1);
      expect(outcomes.filter((each) => each === "stale")).toHaveLength(2);
      expect(await worksFor(first.secret, NOON + 2_000)).toBe("revoked");
      expect(await worksFor(second.secret, NOON + 2_000)).toBe("rotating");
    }
  });
});
