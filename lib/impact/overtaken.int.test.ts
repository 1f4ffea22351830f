import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { deleteDelegation } from "#lib/delegations/commands/delete";
import { editDelegation } from "#lib/delegations/commands/edit";
import { createPolicy } from "#lib/policies/commands/create";
import { deletePolicy } from "#lib/policies/commands/delete";
import { editPolicy } from "#lib/policies/commands/edit";
import { outputOf } from "#test/api";
import { createInstallation, type TestInstallation } from "#test/installation";
import { seedApplication, seedTokens } from "#test/seeded";
import { draftInput } from "./draft-schema";
import { previewChange } from "./queries";

// What is previewed is judged by the clock, so the test begins now.
const NOW = Date.now();
const OWN = { maxLifetimeDays: 365, access: "write", applications: "all", maxActive: 5 };
const leave = { choice: "leave", until: new Date(NOW + 10 * 86_400_000).toISOString() };
/** One more than a change writes in its own transaction. */
const MANY = 501;
const OVERTAKEN = { refusal: { code: "stale", detail: expect.stringContaining("meanwhile. Read it again") } };
let installation: TestInstallation;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  await seedApplication(installation.db, "jira");
});
afterAll(() => installation.close());

const shown = async (draft: object) => {
  const seen = await previewChange(operator(), draftInput.parse(draft));
  if (!seen.ok) throw new Error(seen.refusal.detail);
  expect(seen.value.tokens.affected).toBe(MANY);
  return { affected: leave, fingerprint: seen.value.fingerprint };
};
const touched = (ownerId: string) => installation.db.token.count({ where: { ownerId, version: { gt: 1 } } });

describe("a change that somebody else's has overtaken changes no token, however many it would", () => {
  it("of a tier", async () => {
    const { db } = installation;
    await db.group.create({ data: { name: "overtaken", externalId: "overtaken" } });
    const wish = { name: "Overtaken", priority: 3_000, members: { groups: ["overtaken"] }, use: true, create: "yes" };
    const { id } = await outputOf(execute(db, createPolicy, operator(), { ...wish, own: OWN }, NOW));
    const { id: ownerId } = await installation.person("ada", ["overtaken"]);
    await seedTokens(db, ownerId, MANY);
    const narrower = { id, own: { ...OWN, access: "read" } };
    const edit = { ...narrower, version: 7, ...(await shown({ change: "policy.edit", ...narrower })) };
    expect(await execute(db, editPolicy, operator(), edit, NOW)).toMatchObject(OVERTAKEN);
    const gone = { id, version: 7, ...(await shown({ change: "policy.delete", id })) };
    expect(await execute(db, deletePolicy, operator(), gone, NOW)).toMatchObject(OVERTAKEN);
    expect(await touched(ownerId)).toBe(0);
  });

  it("of a delegation", async () => {
    const { db } = installation;
    const { id } = await db.delegation.findFirstOrThrow({ where: { name: "Integrations" } });
    const { id: ownerId } = await db.user.create({
      data: { username: "many", usernameKey: "many", displayName: "many", kind: "service" },
    });
    await seedTokens(db, ownerId, MANY, { grantBy: "delegation", delegationId: id, delegationName: "Integrations" });
    const narrower = { id, issue: { ...OWN, access: "read" } };
    const edit = { ...narrower, version: 7, ...(await shown({ change: "delegation.edit", ...narrower })) };
    expect(await execute(db, editDelegation, operator(), edit, NOW)).toMatchObject(OVERTAKEN);
    const gone = { id, version: 7, ...(await shown({ change: "delegation.delete", id })) };
    expect(await execute(db, deleteDelegation, operator(), gone, NOW)).toMatchObject(OVERTAKEN);
    expect(await touched(ownerId)).toBe(0);
  });
});
