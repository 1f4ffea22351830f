import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { DAY, NOON } from "#test/rules";
import { createTokenWorld, type TokenWorld } from "#test/token-world";
import { resumeToken } from "./resume";
import { revokeToken } from "./revoke";
import { rotateToken } from "./rotate";
import { suspendToken } from "./suspend";

let world: TokenWorld;
beforeAll(async () => {
  world = await createTokenWorld();
});
afterAll(() => world.installation.close());

type Actor = Parameters<TokenWorld["run"]>[1];
const suspend = (id: string, actor: Actor = world.ada, note?: string) =>
  world.run(suspendToken, actor, { id, ...(note === undefined ? {} : { note }) });
const resume = (id: string, actor: Actor = world.ada) => world.run(resumeToken, actor, { id });

describe("suspending", () => {
  it("stops a token until it is resumed, and says by whom and why", async () => {
    const { token } = await world.made();
    expect(await suspend(token.id, world.ada, "on leave")).toMatchObject({
      status: "suspended",
      suspension: { at: new Date(NOON).toISOString(), by: "ada", byOwner: true, note: "on leave" },
    });
    expect(await resume(token.id)).toMatchObject({ status: "active", suspension: null, version: 3 });
    const events = await world.installation.db.auditEvent.findMany({
      where: { subjectId: token.id },
      orderBy: { seq: "asc" },
    });
    expect(events.map(({ action }) => action)).toEqual(["token.created", "token.suspended", "token.resumed"]);
  });

  it("twice, or resuming what is not suspended, changes nothing", async () => {
    const { token } = await world.made();
    const { db } = world.installation;
    const again = (command: typeof suspendToken) => execute(db, command, world.ada, { id: token.id }, NOON + DAY);
    expect(await resume(token.id)).toMatchObject({ status: "active", version: 1 });
    await suspend(token.id);
    expect(await again(suspendToken)).toMatchObject({
      value: { repeated: true, output: { suspension: { at: new Date(NOON).toISOString() } } },
    });
  });

  it("stops both secrets of a rotating pair, whichever is named, and resuming lets both go on", async () => {
    const statusOf = async (id: string) =>
      (await world.installation.db.token.findUniqueOrThrow({ where: { id } })).suspendedAt;
    for (const named of ["old", "new"] as const) {
      const { token: old } = await world.made();
      const rotated = await world.run(rotateToken, world.ada, { id: old.id, overlap: "7d" });
      if (typeof rotated === "string") throw new Error(rotated);
      const pair = { old: old.id, new: rotated.token.id };
      await suspend(pair[named], world.ann, "looks wrong");
      expect(await Promise.all([statusOf(pair.old), statusOf(pair.new)])).toEqual([new Date(NOON), new Date(NOON)]);
      await resume(pair[named], world.ann);
      expect(await Promise.all([statusOf(pair.old), statusOf(pair.new)])).toEqual([null, null]);
    }
  });

  it("what has ended is refused", async () => {
    const { token } = await world.made();
    await world.run(revokeToken, world.ada, { id: token.id });
    expect(await suspend(token.id)).toBe("ended");
    expect(await resume(token.id)).toBe("ended");
  });

  it("keeps its place in the quota", async () => {
    const { person, viewer } = world.installation;
    await person("holder", ["api-users"]);
    const owner = await viewer("holder");
    await world.fill("holder", 24);
    const { token } = await world.made({}, owner);
    await suspend(token.id, owner);
    await expect(world.made({}, owner)).rejects.toThrow("quota_exceeded");
  });
});

describe("an owner", () => {
  it("resumes only what the owner suspended", async () => {
    const { token } = await world.made();
    expect(await suspend(token.id, world.ann, "looks wrong")).toMatchObject({
      suspension: { by: "ann", byOwner: false },
    });
    expect(await resume(token.id)).toBe("forbidden");
    expect(await resume(token.id, world.ann)).toMatchObject({ status: "active" });
  });

  it("loses that when somebody with power suspends it too, and nobody can undo a suspension by suspending it again", async () => {
    const { token } = await world.made();
    await suspend(token.id);
    expect(await suspend(token.id, world.ann)).toMatchObject({ suspension: { by: "ann", byOwner: false } });
    expect(await suspend(token.id)).toMatchObject({ suspension: { by: "ann", byOwner: false } });
    expect(await resume(token.id)).toBe("forbidden");
  });
});

describe("a service account's maintainer", () => {
  it("does not undo the suspension of an administrator who happens to maintain the account too", async () => {
    const { token } = await world.issued();
    const { db } = world.installation;
    await db.maintainer.create({ data: { accountId: world.botId, userId: world.ann.userId } });
    expect(await suspend(token.id, world.ada)).toMatchObject({ suspension: { by: "ada", byOwner: true } });
    expect(await suspend(token.id, world.ann)).toMatchObject({ suspension: { by: "ann", byOwner: false } });
    expect(await resume(token.id, world.ada)).toBe("forbidden");
    expect(await resume(token.id, world.ann)).toMatchObject({ status: "active" });
    await db.maintainer.deleteMany({ where: { userId: world.ann.userId } });
  });
});

describe("who suspends and resumes", () => {
  it("owners, maintainers, delegates with `end` and the operator; nobody who cannot see it", async () => {
    const { token } = await world.made();
    const issued = await world.issued();
    expect(await suspend(token.id, world.bob)).toBe("not_found");
    expect(await suspend(issued.token.id, world.ada)).toMatchObject({ suspension: { by: "ada", byOwner: true } });
    expect(await resume(issued.token.id, world.ann)).toMatchObject({ status: "active" });
    expect(await suspend(token.id, operator())).toMatchObject({ suspension: { byOwner: false } });
    expect(await resume(token.id, operator())).toMatchObject({ status: "active" });
  });

  it("no token that may only read", async () => {
    const { token } = await world.made();
    expect(await suspend(token.id, world.script(token.id, { access: "read" }))).toBe("forbidden");
  });
});
