import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { Prisma } from "#lib/db/client";
import { publicCode, REASONS } from "#lib/verification/reasons";
import { caughtUp } from "#test/caught-up";
import { type CommandLine, commandLineOf } from "#test/command-line";
import { asAdmin } from "#test/database-cluster";
import { createInstallation, type TestInstallation } from "#test/installation";
import { startPlane, type TestPlane } from "#test/plane";
import { Followed } from "#test/remedies-followed";
import { type Answered, openHouse } from "#test/remedies-house";
import { REMEDIES_OF_VERIFIERS } from "#test/remedies-of-verifiers";
import { REMEDIES } from "#test/remedies-table";
import { seedApplication } from "#test/seeded";
import { waitUntil } from "#test/upstreams/wait-until";

let installation: TestInstallation;
let plane: TestPlane;
let latchkey: CommandLine;
/** Where the journal of ends is. */
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-remedies-"));
  process.env.LATCHKEY_DATA_DIR = folder;
  installation = await createInstallation();
  await installation.person("root", ["admins"]);
  await seedApplication(installation.db, "elsewhere");
  plane = await startPlane(installation.database.verifierUrl, "v1");
  const open = await commandLineOf(installation);
  latchkey = (args, input) => open(args, { ...input, env: { LATCHKEY_DATA_DIR: folder, ...input?.env } });
});
afterAll(async () => {
  await plane.stop();
  await installation.close();
  rmSync(folder, { recursive: true, force: true });
});

// What holds for the whole installation must not outlive a test that fails.
afterEach(async () => {
  vi.restoreAllMocks();
  const rates = { ownerRate: Prisma.DbNull, failureRate: Prisma.DbNull };
  await installation.db.settings.updateMany({ data: { quarantinedAt: null, ranges: [], ...rates } });
  await asAdmin(installation.database.adminUrl, ["DELETE FROM verifier_lease WHERE knows_more"]);
});

type Code = keyof typeof REMEDIES;
const CODES = Object.keys(REMEDIES).filter((code): code is Code => code in REMEDIES);
const WAYS = CODES.flatMap((code) =>
  [REMEDIES[code]].flat().map((row, n) => ({ code, row, way: `way ${n + 1}`, follows: row.follows })),
);

/** Nothing is told of why to who asks about a token alone. */
const isToldAs = (code: Code, { reason }: Answered) => reason === undefined || reason === publicCode(code);

const followed = new Followed();

/** From now on it is so late for everybody in this process: the verifier is one of them. */
function letItBe(at: number): void {
  const ahead = at - Date.now();
  const real = Date.now.bind(Date);
  vi.spyOn(Date, "now").mockImplementation(() => real() + ahead);
}

/**
 * Until the verifier has applied what was changed and can decide. Who asks earlier is refused for another reason, and of
 * what is refused without an address only so much is kept.
 */
async function applied(): Promise<void> {
  const { facts } = plane.plane;
  await caughtUp(installation.db, () => [facts.state.applied]);
  await waitUntil("a verifier that can decide", () => facts.undecidable === null || undefined);
}

describe("a refusal that was provoked, explained and mended as Explain says, is one no more:", () => {
  test.each(WAYS)("$code, $way: $follows", async ({ code, way, row }) => {
    const { scene, judge, told } = await openHouse(installation, latchkey, plane.port, `${code} ${way}`);
    const { broken, before, mend, caller } = await row.provoke(scene);
    if (code !== "quarantined") await applied();
    const refused = await waitUntil(`the refusal ${code}`, async () => {
      const answer = await judge(broken, caller);
      return !answer.passes && isToldAs(code, answer) ? answer : undefined;
    });
    await before?.();
    const { reason, remedy } = await told(broken, refused.requestId, row.byId);
    expect(reason).toBe(code);
    followed.note(code, row.follows, remedy);
    const mended = await mend(refused);
    if (mended.at !== undefined) letItBe(mended.at);
    await applied();
    for (let n = 0; n < (row.times ?? 1); n += 1)
      await waitUntil(`${code} is mended`, async () => {
        const answer = await judge(mended);
        return answer.passes || (row.ends !== undefined && answer.reason === row.ends) || undefined;
      });
  });
});

test("whatever Explain can say of these was done by one of them", () => expect(followed.missing(CODES)).toEqual([]));

test("every reason is in one of the two tables, but for the two that refuse nothing", () => {
  const refusals = Object.entries(REASONS).flatMap(([code, { status }]) => (status === 200 ? [] : [code]));
  expect(Object.keys({ ...REMEDIES, ...REMEDIES_OF_VERIFIERS }).toSorted()).toEqual(refusals.toSorted());
  expect(Object.keys(REASONS).filter((code) => !refusals.includes(code))).toEqual(["let_through", "allowed"]);
});
