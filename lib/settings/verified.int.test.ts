import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { redact } from "#lib/redaction";
import { createToken } from "#lib/tokens/commands/create";
import { revokeToken } from "#lib/tokens/commands/revoke";
import { outputOf } from "#test/api";
import { createInstallation, type TestInstallation } from "#test/installation";
import { askPlane, GATEWAY_SECRET, startPlane, type TestPlane } from "#test/plane";
import { seedApplication, seedGateway, seedToken } from "#test/seeded";
import { waitUntil } from "#test/upstreams/wait-until";
import { editSettings } from "./commands/edit";
import { readSettings } from "./queries";

let installation: TestInstallation;
let verifier: TestPlane;
let maria: string;
beforeAll(async () => {
  installation = await createInstallation();
  const { db, database } = installation;
  await seedGateway(db, "gw1", GATEWAY_SECRET, [await seedApplication(db, "jira")]);
  maria = (await installation.person("maria", ["api-users"])).id;
  verifier = await startPlane(database.verifierUrl, "v1");
});
afterAll(async () => {
  await verifier.stop();
  await installation.close();
});

/** Status of a request with this secret. A busy machine may miss a first look-up's deadline: 503, as it should. */
const ask = (secret: string, method = "GET") =>
  waitUntil("a decision", async () => {
    const asked = { Authorization: `Bearer ${secret}`, "X-Original-Method": method };
    const { status } = await askPlane(verifier.port, asked);
    return status === 503 ? undefined : status;
  });
/** Saves, and has waited then until the verifier said that it applied the change. */
const edit = async (changes: object) => {
  const now = await readSettings(operator());
  const version = now.ok ? now.value.version : 0;
  const done = await execute(installation.db, editSettings, operator(), { version, ...changes }, Date.now());
  if (!done.ok) throw new Error(done.refusal.detail);
  await waitUntil("applied", async () => {
    const [lease] = await installation.db.verifierLease.findMany({ where: { id: { startsWith: "v1" } } });
    const { seq } = await installation.db.changeHead.findFirstOrThrow();
    return lease !== undefined && lease.applied >= seq ? true : undefined;
  });
};
const make = () =>
  outputOf(
    execute(
      installation.db,
      createToken,
      operator(),
      { owner: "maria", name: "ci", applications: ["jira"], access: "write" },
      Date.now(),
    ),
  );

describe("what the settings say holds at the verifier", () => {
  it("at once: a ceiling takes writing away from every token of a person, and gives it back", async () => {
    await edit({ ceiling: { persons: { access: "read" } } });
    const { secret } = await seedToken(installation.db, maria, { name: "writes" });
    expect([await ask(secret), await ask(secret, "DELETE")]).toEqual([200, 403]);
    await edit({ ceiling: { persons: null } });
    expect(await ask(secret, "DELETE")).toBe(200);
  });

  it("for prefixes: the old and the new secret pass; a removed prefix is somebody else's", async () => {
    const old = await make();
    await edit({ tokenPrefix: "acme" });
    const young = await make();
    expect(young.secret).toMatch(/^acme_/);
    expect(redact(`refused: ${young.secret.slice(0, 16)}`)).not.toContain(young.secret.slice(5, 16));
    expect([await ask(old.secret), await ask(young.secret)]).toEqual([200, 200]);
    expect(await ask(`acme${old.secret.slice(2)}`)).toBe(401);
    const { db } = installation;
    for (const { id } of await db.token.findMany({ where: { hint: { startsWith: "lk_" } } })) {
      await outputOf(execute(db, revokeToken, operator(), { id, reason: "unused" }, Date.now()));
    }
    expect(await ask(old.secret)).toBe(401);
    await edit({ retiredPrefixes: [] });
    // The application observes what is not ours: it passes on as it came.
    expect(await ask(old.secret)).toBe(200);
    expect(await ask(young.secret)).toBe(200);
  });
});
