import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor, SessionViewer } from "#lib/access/viewer";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { deactivateUser } from "#lib/users/commands/deactivate";
import { setPassword } from "#lib/users/commands/set-password";
import { DAY, NOON } from "#test/rules";
import { createTokenWorld, JIRA, type TokenWorld } from "#test/token-world";
import { claimToken } from "./claim";
import { findTokenBySecret } from "./find";
import { issueToken } from "./issue";
import { renewClaim } from "./renew-claim";
import { resumeToken } from "./resume";
import { revokeToken } from "./revoke";
import { suspendToken } from "./suspend";

let world: TokenWorld;
beforeAll(async () => {
  world = await createTokenWorld();
});
afterAll(() => world.installation.close());
// Times go back and forth here; a throttle remembers.
beforeEach(() => db().signInThrottle.deleteMany());

const db = () => world.installation.db;
/** A pending token of somebody, and the code of its link. */
async function pending(some: object = { owner: "ada" }, now = NOON): Promise<{ id: string; code: string }> {
  const done = await world.run(issueToken, world.ann, { ...JIRA, delegation: "Administrators", ...some }, now);
  if (typeof done === "string" || !("claim" in done)) throw new Error(`no link: ${JSON.stringify(done)}`);
  return { id: done.token.id, code: codeIn(done.claim.url) };
}
const codeIn = (url: string): string => new URL(url).hash.slice(1);
const said = async (code: string, viewer: Actor = world.ada, now = NOON) => {
  const done = await execute(db(), claimToken, viewer, { code }, now);
  return done.ok ? done.value.output : `${done.refusal.code}: ${done.refusal.detail}`;
};
const claim = (code: string, viewer: Actor = world.ada, now = NOON) => world.run(claimToken, viewer, { code }, now);
const eventsOf = async (id: string) =>
  (await db().auditEvent.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } })).map(({ action }) => action);

describe("opening a claim link", () => {
  it("makes the secret then, shows it once, and the log tells who made and who opened it", async () => {
    const { id, code } = await pending();
    const before = await db().token.findUniqueOrThrow({ where: { id }, omit: { digest: false } });
    expect(before).toMatchObject({ digest: null, hint: null, secretBornAt: null });
    const opened = await claim(code, world.ada, NOON + DAY);
    expect(opened).toMatchObject({
      token: { id, status: "active", hint: expect.stringMatching(/^lk_/), claim: null },
      secret: expect.stringMatching(/^lk_/),
    });
    if (typeof opened === "string") throw new Error(opened);
    const { secretBornAt } = await db().token.findUniqueOrThrow({ where: { id } });
    expect(secretBornAt?.getTime()).toBe(NOON + DAY);
    const sought = await world.run(findTokenBySecret, world.ann, { secret: opened.secret });
    expect(sought).toMatchObject({ found: true, token: { id } });
    expect(await eventsOf(id)).toEqual(["token.issued", "token.claim-made", "token.claimed", "token.sought"]);
    const claimed = await db().auditEvent.findFirstOrThrow({ where: { subjectId: id, action: "token.claimed" } });
    expect(claimed).toMatchObject({ actorName: "ada", detail: { after: { owner: "ada" } } });
  });

  it("keeps neither the code nor the secret anywhere", async () => {
    const { code } = await pending();
    const opened = await claim(code);
    if (typeof opened === "string") throw new Error(opened);
    const kept = JSON.stringify([
      await db()
        .auditEvent.findMany({ omit: { hash: true, previousHash: true } })
        .then((rows) => rows.map(({ detail, subjectName }) => ({ detail, subjectName }))),
      await db().tokenClaim.findMany(),
      (await db().signInThrottle.findMany()).map(({ key }) => key),
    ]);
    expect(kept).not.toContain(code);
    expect(kept).not.toContain(opened.secret);
  });

  it("a second time says that it was used, when and by whom", async () => {
    const { code } = await pending();
    expect(await claim(code)).toHaveProperty("secret");
    expect(await said(code)).toMatch(/^ended: This link was opened already, by ada on 2026-11-22 12:00 UTC/);
  });

  it("by five at once gives the secret to exactly one", async () => {
    const { id, code } = await pending();
    const answers = await Promise.all(Array.from({ length: 5 }, () => said(code)));
    const secrets = answers.filter((each) => typeof each === "object");
    expect(secrets).toHaveLength(1);
    const lost = answers.filter((each) => typeof each === "string");
    for (const each of lost) expect(each).toMatch(/^(ended: This link was opened already|too_many_requests)/);
    expect((await eventsOf(id)).filter((action) => action === "token.claimed")).toHaveLength(1);
  });

  it("is for nobody but its owner: others find nothing, learn nothing, and use nothing up", async () => {
    const { code } = await pending();
    const unknown = await said("A".repeat(32), world.bob);
    expect(unknown).toMatch(/^not_found: There is no such link for you/);
    expect(await said(code, world.bob)).toBe(unknown);
    expect(await said(code, world.ann)).toBe(unknown);
    expect(await claim(code)).toHaveProperty("secret");
  });

  it("is done in a browser: no token and no operator opens one", async () => {
    const { code } = await pending();
    const { token } = await world.made({ applications: ["latchkey"] });
    expect(await claim(code, world.script(token.id))).toBe("forbidden");
    expect(await claim(code, operator())).toBe("forbidden");
  });

  it("of a service account is for its maintainers", async () => {
    const { code } = await pending({ ownerId: world.botId });
    expect(await claim(code, world.bob)).toBe("not_found");
    expect(await claim(code, world.ann)).toBe("not_found");
    expect(await claim(code, world.ada)).toMatchObject({ token: { owner: { username: "bot" } } });
  });

  it.each(["", "with blanks in it and more", "x".repeat(101), "äöüäöüäöüäöü", 7, null, undefined])(
    "with %j is wrong input",
    async (code) => expect(await world.run(claimToken, world.ada, { code })).toBe("invalid_input"),
  );
});

describe("guessing", () => {
  it("is slowed down, for whoever guesses and not for others", async () => {
    const guess = (viewer: SessionViewer) => claim("B".repeat(32), viewer);
    for (let n = 0; n < 3; n += 1) expect(await guess(world.bob)).toBe("not_found");
    expect(await guess(world.bob)).toBe("too_many_requests");
    expect(await guess(world.ada)).toBe("not_found");
  });
});

describe("a link stops working", () => {
  it("after seven days; the token waits for a new one", async () => {
    const { id, code } = await pending();
    expect(await said(code, world.ada, NOON + 7 * DAY)).toMatch(/^ended: This link has expired/);
    const later = NOON + 7 * DAY;
    const ann = { ...world.ann, steppedUpAt: later } as SessionViewer;
    const renewed = await world.run(renewClaim, ann, { id }, later);
    if (typeof renewed === "string") throw new Error(renewed);
    expect(renewed.token).toMatchObject({ status: "pending", claim: { madeBy: "ann" } });
    expect(await claim(codeIn(renewed.claim.url), world.ada, later)).toHaveProperty("secret");
  });

  it("when a newer one takes its place, which is said in the log", async () => {
    const { id, code } = await pending();
    const renewed = await world.run(renewClaim, world.ann, { id });
    if (typeof renewed === "string") throw new Error(renewed);
    expect(await said(code)).toMatch(/^ended: This link was made void: a newer link took its place/);
    expect(await eventsOf(id)).toEqual(["token.issued", "token.claim-made", "token.claim-made", "token.claim-voided"]);
    expect(await claim(codeIn(renewed.claim.url))).toHaveProperty("secret");
    expect(await world.run(renewClaim, world.ann, { id })).toBe("ended");
  });

  it("when its token is revoked, by the issuer or by whom it waits for", async () => {
    for (const actor of [world.ann, world.ada]) {
      const { id, code } = await pending();
      expect(await world.run(revokeToken, actor, { id })).toMatchObject({ status: "revoked", claim: null });
      expect(await said(code)).toMatch(/^ended: This link was made void: the token was revoked/);
      expect(await eventsOf(id)).toContain("token.claim-voided");
    }
  });

  it("while its token is suspended", async () => {
    const { id, code } = await pending();
    await world.run(suspendToken, world.ann, { id });
    expect(await claim(code)).toBe("forbidden");
    await world.run(resumeToken, world.ann, { id });
    expect(await claim(code)).toHaveProperty("secret");
  });

  it("when the owner's password is set by somebody else, or the account deactivated, for good", async () => {
    const { id } = await world.installation.person("vic", ["api-users"]);
    const vic = await world.installation.viewer("vic");
    const first = await pending({ owner: "vic" });
    await world.run(setPassword, operator(), { id, password: "orbit walnut ferry lamp nine" });
    expect(await said(first.code, vic)).toMatch(/void: the owner's password was set anew/);
    const second = await pending({ owner: "vic" });
    await world.run(deactivateUser, operator(), { id });
    await db().user.update({ where: { id }, data: { deactivatedAt: null, deactivatedBy: null } });
    expect(await said(second.code, vic)).toMatch(/void: the owner was deactivated/);
    expect(await eventsOf(second.id)).toEqual(["token.issued", "token.claim-made", "token.claim-voided"]);
  });
});
