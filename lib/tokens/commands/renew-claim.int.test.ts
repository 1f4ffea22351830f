import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#lib/access/viewer";
import { operator } from "#lib/auth/actors";
import { managedTokensQuery, pageOfManagedTokens } from "#lib/tokens/queries-managed";
import { DAY, NOON } from "#test/rules";
import { createTokenWorld, JIRA, type TokenWorld } from "#test/token-world";
import { activeTokens } from "../store";
import { claimToken } from "./claim";
import { issueToken } from "./issue";
import { renewClaim } from "./renew-claim";

let world: TokenWorld;
beforeAll(async () => {
  world = await createTokenWorld();
});
afterAll(() => world.installation.close());

const issue = async (owner = "ada") => {
  const done = await world.run(issueToken, world.ann, { ...JIRA, owner, delegation: "Administrators" });
  if (typeof done === "string" || !("claim" in done)) throw new Error(`no link: ${JSON.stringify(done)}`);
  return done;
};
const renew = (id: string, actor: Actor = world.ann, now = NOON) => world.run(renewClaim, actor, { id }, now);

describe("a token that waits for its secret", () => {
  it("counts against the quotas of whoever gave it, and can be found as pending", async () => {
    const { db } = world.installation;
    const { id: delegationId } = await db.delegation.findFirstOrThrow({ where: { name: "Administrators" } });
    const { userId } = world.ada;
    const before = await activeTokens(db, userId, delegationId, NOON);
    const { token } = await issue();
    expect(await activeTokens(db, userId, delegationId, NOON)).toEqual({
      own: before.own,
      issued: before.issued + 1,
      held: before.held + 1,
    });
    // The list goes by today's clock.
    await db.token.update({ where: { id: token.id }, data: { expiresAt: new Date(Date.now() + DAY) } });
    const found = await pageOfManagedTokens(world.ann, managedTokensQuery.parse({ status: "pending" }));
    expect(found).toMatchObject({ value: { items: [{ id: token.id, claim: { madeBy: "ann" } }] } });
  });
});

describe("a new link", () => {
  it("is for who could issue the token: neither its owner, nor a role without a delegation, nor a stranger", async () => {
    const { token } = await issue();
    expect(await renew(token.id, world.ada)).toBe("not_granted");
    expect(await renew(token.id, world.bob)).toBe("not_found");
    expect(await renew(token.id, operator())).toHaveProperty("claim");
    expect(await renew(token.id)).toHaveProperty("claim");
  });

  it("needs presence in a browser", async () => {
    const { token } = await issue();
    expect(await renew(token.id, world.ann, NOON + 10 * 60_000)).toBe("step_up_required");
  });

  it("made five times at once leaves one that works", async () => {
    const { token } = await issue();
    const made = await Promise.all(Array.from({ length: 5 }, () => renew(token.id)));
    const codes = made.flatMap((each) => (typeof each === "string" ? [] : [new URL(each.claim.url).hash.slice(1)]));
    expect(codes).toHaveLength(5);
    const open = await world.installation.db.tokenClaim.count({
      where: { tokenId: token.id, usedAt: null, voidedAt: null },
    });
    expect(open).toBe(1);
    const answers = [];
    for (const code of codes) answers.push(await world.run(claimToken, world.ada, { code }));
    expect(answers.filter((each) => typeof each === "object")).toHaveLength(1);
  });

  it("exists for no token that has its secret, and for none that is unknown", async () => {
    const { token } = await world.made();
    expect(await renew(token.id)).not.toHaveProperty("claim");
    expect(await renew("0190d4a5-0000-7000-8000-00000000000a")).toBe("not_found");
  });
});
