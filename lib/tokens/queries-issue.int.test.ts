import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { createTokenWorld, type TokenWorld } from "#test/token-world";
import { issueFacts, issuesTokens, whyNotFor } from "./queries-issue";

let world: TokenWorld;
beforeAll(async () => {
  world = await createTokenWorld();
});
afterAll(() => world.installation.close());

describe("who issues tokens for others", () => {
  it("is whoever a delegation with that power names, whatever their role", async () => {
    expect(await issuesTokens(world.ann)).toBe(true);
    expect(await issuesTokens(world.ada)).toBe(false);
    expect(await issuesTokens(operator())).toBe(false);
    const { db, person, viewer } = world.installation;
    const { id: groupId } = await db.group.create({ data: { name: "enders", externalId: "enders" } });
    const { id } = await db.delegation.findFirstOrThrow({ where: { name: "Integrations" } });
    await person("eli", ["enders"]);
    await db.delegation.update({ where: { id }, data: { powers: ["end"], delegates: { create: { groupId } } } });
    expect(await issuesTokens(await viewer("eli"))).toBe(false);
    await db.delegation.update({ where: { id }, data: { powers: ["issue"] } });
    expect(await issuesTokens(await viewer("eli"))).toBe(true);
  });
});

describe("what the form of a token for somebody else knows", () => {
  it("is the delegations that cover them, and who they are", async () => {
    const facts = await issueFacts(world.ann, world.botId);
    expect(facts).toMatchObject({
      recipient: { id: world.botId, username: "bot", displayName: "Bot", kind: "service" },
      unmaintained: false,
      reason: null,
    });
    expect(facts?.ways.map(({ delegation, shown }) => [delegation, shown]).sort()).toEqual([
      ["Administrators", false],
      ["Integrations", true],
    ]);
    expect(facts?.ways.every((way) => way.facts.address === world.ann.address)).toBe(true);
  });

  it("says that nobody could open the link of a service account that nobody active maintains", async () => {
    const { db } = world.installation;
    const { id } = await db.user.create({
      data: { kind: "service", username: "lone", usernameKey: "lone", displayName: "Lone" },
      select: { id: true },
    });
    expect(await issueFacts(world.ann, id)).toMatchObject({ unmaintained: true });
  });

  it("is a sentence where there is no way, and nothing of whom the viewer does not see", async () => {
    const noTier = await issueFacts(world.ann, world.bob.userId);
    expect(noTier).toMatchObject({ ways: [], reason: "A token for bob would not work: no policy gives them tokens." });
    expect(await issueFacts(world.ada, world.botId)).toBeNull();
    expect(await issueFacts(operator(), world.botId)).toBeNull();
    for (const id of [undefined, "bot", "0190d4a5-0000-7000-8000-00000000000a", "'; --"]) {
      expect(await issueFacts(world.ann, id)).toBeNull();
    }
  });

  it("says of each of several people why not, and nothing of those that one does not see", async () => {
    const ids = [world.botId, world.bob.userId, world.ann.userId];
    const why = await whyNotFor(world.ann, ids);
    expect(why.get(world.botId)).toBeNull();
    expect(why.get(world.bob.userId)).toContain("would not work");
    expect(why.get(world.ann.userId)).toContain("No delegation lets you issue tokens for ann");
    expect((await whyNotFor(world.ada, ids)).size).toBe(0);
  });
});
