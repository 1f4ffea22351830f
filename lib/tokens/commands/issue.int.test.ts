import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { DAY, NOON } from "#test/rules";
import { createTokenWorld, JIRA, type TokenWorld } from "#test/token-world";
import { issueToken } from "./issue";

let world: TokenWorld;
beforeAll(async () => {
  world = await createTokenWorld();
});
afterAll(() => world.installation.close());

type Actor = Parameters<TokenWorld["run"]>[1];
const issue = (input: object = {}, actor: Actor = world.ann, now = NOON) =>
  world.run(issueToken, actor, { ...JIRA, ownerId: world.botId, delegation: "Integrations", ...input }, now);

describe("issuing for a service account", () => {
  it("is done under one delegation, which the token remembers, and shows the secret once", async () => {
    expect(await issue({ expiresAt: null })).toMatchObject({
      token: {
        owner: { id: world.botId, username: "bot" },
        createdBy: "ann",
        grant: { by: "delegation", name: "Integrations", grantor: "ann" },
        expiresAt: null,
      },
      secret: expect.stringMatching(/^lk_/),
    });
    const event = await world.installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(event).toMatchObject({
      action: "token.issued",
      detail: { after: { owner: "bot", grant: { name: "Integrations" } } },
    });
  });

  it("is held to the limits of that delegation, never to those of two together", async () => {
    expect(await issue({ delegation: "Administrators", expiresAt: null }, operator())).toBe("limit_exceeded");
    const year = new Date(NOON + 365 * DAY).toISOString();
    expect(await issue({ delegation: "Administrators", expiresAt: year }, operator())).toHaveProperty("secret");
  });

  it("shows the secret to issuers only where the delegation says so; elsewhere they get a link", async () => {
    const pending = await issue({ delegation: "Administrators" });
    expect(pending).toMatchObject({ token: { status: "pending", hint: null }, claim: { url: expect.any(String) } });
    expect(pending).not.toHaveProperty("secret");
    expect(await issue({ delegation: "Administrators" }, operator())).toHaveProperty("secret");
  });

  it("never reaches latchkey", async () => {
    expect(await issue({ applications: ["jira", "latchkey"] })).toBe("limit_exceeded");
    expect(await issue({ applications: "all" })).toMatchObject({ token: { applications: "all" } });
  });

  it("needs presence in a browser", async () => {
    expect(await issue({}, world.ann, NOON + 10 * 60_000)).toBe("step_up_required");
  });

  it("needs a delegation that covers the account, whatever the role", async () => {
    expect(await issue({ delegation: "Nothing" })).toBe("not_granted");
    expect(await issue({}, world.ada)).toBe("not_found");
    await world.installation.db.delegationDelegate.deleteMany({ where: { delegation: { name: "Integrations" } } });
    expect(await issue()).toBe("not_granted");
    const group = await world.installation.db.group.findFirstOrThrow({ where: { name: "admins" } });
    const delegation = await world.installation.db.delegation.findFirstOrThrow({ where: { name: "Integrations" } });
    await world.installation.db.delegationDelegate.create({ data: { groupId: group.id, delegationId: delegation.id } });
  });
});

describe("issuing for a person", () => {
  it("gives everybody a link but the operator, who is shown the secret", async () => {
    const viaLink = await issue({ ownerId: undefined, owner: "ada", delegation: "Administrators" });
    expect(viaLink).toMatchObject({
      token: { owner: { username: "ada" }, status: "pending", claim: { madeBy: "ann" } },
      claim: { url: expect.stringMatching(/^http:\/\/localhost:3000\/claim#[\w-]{32}$/) },
    });
    const forAda = { ownerId: undefined, owner: "ada", delegation: "Administrators" };
    expect(await issue(forAda, operator())).toMatchObject({
      token: { owner: { username: "ada" }, grant: { by: "delegation" } },
    });
  });

  it("counts against no quota of their own tier", async () => {
    await world.installation.person("busy", ["api-users"]);
    await world.fill("busy", 25);
    expect(await issue({ ownerId: undefined, owner: "busy", delegation: "Administrators" }, operator())).toHaveProperty(
      "secret",
    );
  });

  it("is refused for whom no tier lets use tokens", async () => {
    const forBob = { ownerId: undefined, owner: "bob", delegation: "Administrators", override: true };
    expect(await issue(forBob, operator())).toBe("not_granted");
  });
});

describe("input", () => {
  it.each([
    [{ owner: "bot" }, "invalid_input"],
    [{ ownerId: undefined }, "invalid_input"],
    [{ ownerId: "bot" }, "invalid_input"],
    [{ ownerId: "0190d4a5-0000-7000-8000-00000000000a" }, "not_found"],
    [{ delegation: undefined }, "invalid_input"],
    [{ override: true }, "invalid_input"],
  ])("%j is refused: %s", async (wrong, code) => expect(await issue(wrong)).toBe(code));
});

describe("the operator's override", () => {
  it("passes the delegation's lifetime, never what is judged live", async () => {
    const wide = { delegation: "Administrators", expiresAt: null, override: true };
    expect(await issue(wide, operator())).toMatchObject({ token: { expiresAt: null } });
    expect(await issue({ ...wide, applications: ["latchkey"] }, operator())).toBe("limit_exceeded");
  });
});
