import { afterAll, beforeAll, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { newSecret } from "#lib/tokens/secret";
import { NOON } from "#test/rules";
import { createTokenWorld, type TokenWorld } from "#test/token-world";
import { findTokenBySecret } from "./find";
import { revokeToken } from "./revoke";

let world: TokenWorld;
beforeAll(async () => {
  world = await createTokenWorld();
});
afterAll(() => world.installation.close());

it("a found secret leads to its token, blanks around it or not, also when it has ended", async () => {
  const { token, secret } = await world.made();
  for (const text of [secret, `  ${secret}\n`])
    expect(await world.run(findTokenBySecret, world.ann, { secret: text })).toMatchObject({
      found: true,
      token: { id: token.id, owner: { username: "ada" }, status: "active" },
    });
  await world.run(revokeToken, world.ann, { id: token.id });
  expect(await world.run(findTokenBySecret, operator(), { secret })).toMatchObject({ token: { status: "revoked" } });
});

it("an unknown secret is not found, and that is an answer too", async () => {
  const nothing = { found: false, token: null };
  for (const secret of [newSecret(), "ghp_notours", "x"])
    expect(await world.run(findTokenBySecret, world.ann, { secret })).toEqual(nothing);
  for (const secret of ["", " ", "x".repeat(201), 7])
    expect(await world.run(findTokenBySecret, world.ann, { secret })).toBe("invalid_input");
});

it("of tokens beyond one's scope nobody learns that they exist, and who manages none asks nothing", async () => {
  const others = await world.made({ name: "others" }, world.ann);
  const bots = await world.issued({ name: "bots" });
  expect(await world.run(findTokenBySecret, world.ada, { secret: others.secret })).toEqual({
    found: false,
    token: null,
  });
  expect(await world.run(findTokenBySecret, world.ada, { secret: bots.secret })).toMatchObject({ found: true });
  expect(await world.run(findTokenBySecret, world.bob, { secret: bots.secret })).toBe("forbidden");
});

it("asks for the password again, and the log has who sought what, never the secret", async () => {
  const { secret, token } = await world.made({ name: "logged" });
  const long = NOON + 11 * 60_000;
  expect(await world.run(findTokenBySecret, world.ann, { secret }, long)).toBe("step_up_required");
  await world.run(findTokenBySecret, world.ann, { secret });
  const { db } = world.installation;
  const event = await db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
  expect(event).toMatchObject({ action: "token.sought", subjectId: token.id, actorName: "ann" });
  const [{ text } = { text: "" }] = await db.$queryRaw<{ text: string }[]>`
    SELECT string_agg(e::text, ' ') AS text FROM audit_events e`;
  expect(text).not.toContain(secret.slice(8));
});
