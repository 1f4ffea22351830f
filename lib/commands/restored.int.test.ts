import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { operator, tokenItself } from "#lib/auth/actors";
import { renewCodes } from "#lib/factors/commands/renew-recovery-codes";
import { resetFactors } from "#lib/factors/commands/reset";
import { Operations } from "#lib/jobs/operations";
import { createNetwork } from "#lib/networks/commands/create";
import { showOperation } from "#lib/operations/queries";
import { endOtherSessions } from "#lib/sessions/commands/end-others";
import { beginBulk } from "#lib/tokens/commands/begin-bulk";
import { createToken } from "#lib/tokens/commands/create";
import { exportTokens } from "#lib/tokens/commands/export";
import { issueToken } from "#lib/tokens/commands/issue";
import { resumeToken } from "#lib/tokens/commands/resume";
import { revokeToken } from "#lib/tokens/commands/revoke";
import { rotateItself } from "#lib/tokens/commands/rotate-itself";
import { suspendToken } from "#lib/tokens/commands/suspend";
import { NOON } from "#test/rules";
import { createTokenWorld, JIRA, type TokenWorld } from "#test/token-world";

let world: TokenWorld;
beforeAll(async () => {
  world = await createTokenWorld();
});
afterAll(() => world.installation.close());

const quarantine = (quarantineWhy: string | null) => {
  const quarantinedAt = quarantineWhy === null ? null : new Date(NOON);
  return world.installation.db.settings.updateMany({ data: { quarantinedAt, quarantineWhy } });
};
beforeEach(() => quarantine(null));

describe("while a restored backup is in quarantine", () => {
  it("an administrator whom it brought back changes nobody's sign-in, and makes nothing that outlives it", async () => {
    const { run, ann, ada, botId } = world;
    await quarantine("behind");
    const issue = { ...JIRA, owner: "bot", delegation: "Integrations", expiresAt: null };
    expect(await run(issueToken, ann, issue)).toBe("forbidden");
    expect(await run(createToken, ada, JIRA)).toBe("forbidden");
    expect(await run(resetFactors, ann, { id: ada.userId })).toBe("forbidden");
    expect(await run(renewCodes, ann, {})).toBe("forbidden");
    expect(await run(createNetwork, ann, { name: "late", ranges: ["192.0.2.0/24"] })).toBe("forbidden");
    expect(await world.installation.db.token.count({ where: { ownerId: botId } })).toBe(0);
    expect(await run(createNetwork, operator(), { name: "late", ranges: ["192.0.2.0/24"] })).toMatchObject({});
    await quarantine("elsewhere");
    expect(await run(issueToken, ann, issue)).toMatchObject({ token: { name: "backup" } });
  });

  it("a token gives itself no new secret, and a script changes nothing", async () => {
    const { run, made, script, ada } = world;
    const { token } = await made();
    const self = { tokenId: token.id, tokenName: token.name, ownerId: ada.userId, ownerName: ada.username };
    const itself = tokenItself({ kind: "itself", ...self, address: "192.0.2.1" });
    const later = NOON + 2 * 86_400_000;
    await world.installation.db.policy.updateMany({ data: { selfRotate: true } });
    await quarantine("behind");
    expect(await run(rotateItself, itself, {}, later)).toBe("forbidden");
    expect(await run(createToken, script(token.id, { access: "write" }), JIRA)).toBe("forbidden");
    await quarantine(null);
    expect(typeof (await run(rotateItself, itself, {}, later))).toBe("object");
  });

  it("ends are always possible, and their opposites are not", async () => {
    const { run, made, ann } = world;
    const { token } = await made();
    await quarantine("behind");
    expect(await run(suspendToken, ann, { id: token.id })).toMatchObject({ id: token.id });
    expect(await run(resumeToken, ann, { id: token.id })).toBe("forbidden");
    expect(await run(revokeToken, ann, { id: token.id })).toMatchObject({ id: token.id });
    expect(typeof (await run(endOtherSessions, ann, {}))).toBe("object");
  });

  it("ends of many are possible too, and go on; what is not an end neither begins nor goes on", async () => {
    const { run, made, ann, installation } = world;
    const operations = new Operations(installation.db);
    const [first, second] = [(await made()).token, (await made()).token];
    const of = (action: string, { id }: { id: string }, some: object = {}) =>
      run(beginBulk, ann, { action, ids: [id], expected: 1, ...some });
    const longer = await of("change-expiry", first, { expiresAt: new Date(NOON + 86_400_000).toISOString() });
    await quarantine("behind");
    expect(await of("resume", first)).toBe("forbidden");
    expect(await of("suspend", first)).toMatchObject({ action: "suspend" });
    expect(await of("revoke", second)).toMatchObject({ action: "revoke" });
    while (await operations.turn(NOON));
    expect(await showOperation(ann, typeof longer === "string" ? "" : longer.id)).toMatchObject({
      value: { done: 0, refused: [{ id: first.id, code: "forbidden" }] },
    });
    const rows = await installation.db.token.findMany({ where: { id: { in: [first.id, second.id] } } });
    expect(rows.map((row) => [row.id, row.suspendedAt !== null, row.revokedAt !== null]).sort()).toEqual(
      [
        [first.id, true, false],
        [second.id, false, true],
      ].sort(),
    );
  });

  it("who may look looks, also where the log tells that they did", async () => {
    await quarantine("behind");
    expect(await world.run(exportTokens, world.ann, {})).not.toBe("forbidden");
  });

  it("who may not anyway is told the same as ever", async () => {
    await quarantine("behind");
    const id = "01a2014a-1b72-405c-a6d0-76738c0f5284";
    expect(await world.run(resumeToken, world.ann, { id })).toBe("not_found");
  });
});
