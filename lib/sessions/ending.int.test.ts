import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SessionViewer } from "#lib/access/viewer";
import { preparePassword } from "#lib/auth/password";
import { execute } from "#lib/commands/execute";
import { Operations } from "#lib/jobs/operations";
import { beginBulk } from "#lib/tokens/commands/begin-bulk";
import { changePassword } from "#lib/users/commands/change-password";
import { outputOf } from "#test/api";
import { createInstallation, type TestInstallation } from "#test/installation";
import { NOON } from "#test/rules";
import { endSessionsOf } from "./commands/end-all-of";
import { endOneSessionOf } from "./commands/end-one-of";
import { endOtherSessions } from "./commands/end-others";
import { endSession } from "./commands/end-session";

const PASSWORD = "lantern otter quarry 7";
let installation: TestInstallation;
let root: SessionViewer;
let here: SessionViewer;
beforeAll(async () => {
  installation = await createInstallation(NOON);
  for (const name of ["root", "ann"]) await installation.person(name, ["admins"]);
  root = await installation.viewer("root");
  here = await installation.viewer("ann");
  const password = await preparePassword(PASSWORD, []);
  if (!password.ok) throw new Error("the password is refused");
  await installation.db.passwordCredential.create({ data: { userId: here.userId, ...password.value } });
});
afterAll(() => installation.close());

const left = async (session: SessionViewer) => outputOf(execute(installation.db, endSession, session, {}, NOON));
/** An operation that somebody began as ann, by another session than hers. */
const begun = async () => {
  const there = await installation.viewer("ann");
  const body = { action: "suspend", ids: [randomUUID()], expected: 1 };
  const { id } = await outputOf(execute(installation.db, beginBulk, there, body, NOON));
  return { there, id };
};
/** What becomes of the only token that it is about: nobody has it, which is said to who may go on. */
const becomes = async (id: string) => {
  const operations = new Operations(installation.db);
  while (await operations.turn(NOON));
  const { code } = await installation.db.operationRefusal.findFirstOrThrow({ where: { operationId: id } });
  return code === "not_found" ? "went on" : code;
};
const reasonOf = async ({ sessionId }: SessionViewer) =>
  (await installation.db.session.findUniqueOrThrow({ where: { id: sessionId } })).endReason;

describe("what was begun by a session", () => {
  it("goes on when one leaves it oneself", async () => {
    const { there, id } = await begun();
    await left(there);
    expect(await becomes(id)).toBe("went on");
  });

  it("stops when one ends it from another session", async () => {
    const { there, id } = await begun();
    await outputOf(execute(installation.db, endSession, here, { id: there.sessionId.toUpperCase() }, NOON));
    expect(await becomes(id)).toBe("forbidden");
  });

  const ways: [string, (there: SessionViewer) => Promise<unknown>][] = [
    [
      "its person ends it",
      (there) => outputOf(execute(installation.db, endSession, here, { id: there.sessionId }, NOON)),
    ],
    ["its person ends all others", () => outputOf(execute(installation.db, endOtherSessions, here, {}, NOON))],
    [
      "the password changes",
      () =>
        outputOf(execute(installation.db, changePassword, here, { current: PASSWORD, new: `${PASSWORD} new` }, NOON)),
    ],
    [
      "an administrator ends it",
      ({ sessionId: session }) =>
        outputOf(execute(installation.db, endOneSessionOf, root, { id: here.userId, session }, NOON)),
    ],
    [
      "an administrator ends all",
      () => outputOf(execute(installation.db, endSessionsOf, root, { id: here.userId }, NOON)),
    ],
  ];
  it.each(ways)("stops also after whoever had it has left it, when %s", async (_when, end) => {
    const { there, id } = await begun();
    await left(there);
    await end(there);
    expect(await becomes(id)).toBe("forbidden");
  });

  it("is all that ending says of it: a session that was left and has nothing going on keeps its reason", async () => {
    const { there, id } = await begun();
    await left(there);
    await becomes(id);
    await execute(installation.db, endSessionsOf, root, { id: here.userId }, NOON);
    expect(await reasonOf(there)).toBe("signed out");
    const done = await execute(installation.db, endSessionsOf, root, { id: here.userId }, NOON);
    expect(done).toMatchObject({ value: { repeated: true, output: { endedSessions: 0 } } });
  });
});
