import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Prisma } from "#lib/db/client";
import { type Explained, explainRequest } from "#lib/verification/queries";
import { REASONS } from "#lib/verification/reasons";
import { type CommandLine, commandLineOf } from "#test/command-line";
import { createInstallation, type TestInstallation } from "#test/installation";
import { startPlane, type TestPlane } from "#test/plane";
import { type Ask, explainedById, sceneOf } from "#test/remedies";
import { REMEDIES_OF_VERIFIERS } from "#test/remedies-of-verifiers";
import { REMEDIES } from "#test/remedies-table";
import { seedApplication, seedGateway } from "#test/seeded";
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
afterEach(() => {
  const rates = { ownerRate: Prisma.DbNull, failureRate: Prisma.DbNull };
  return installation.db.settings.updateMany({ data: { quarantinedAt: null, ranges: [], ...rates } });
});

const SECRET = "an app's secret";

/** A house of its own for each way to follow a remedy: what one provokes must not reach another. */
async function open(name: string) {
  const { db } = installation;
  const key = name.replaceAll(/[_ ]/g, "-");
  const applicationId = await seedApplication(db, key, "jira", { identity: "header" });
  await seedGateway(db, key, SECRET, [applicationId], { adapter: "api" });
  const username = `user-${key}`;
  const { id: userId } = await installation.person(username, ["api-users"]);
  const host = `${key}.corp`;
  const usual: Ask = {
    ...{ method: "GET", uri: "/rest/api/2/myself", host, proto: "https", clientIp: "192.0.2.7", headers: {} },
  };
  const judge = async (ask: Partial<Ask>, secret = SECRET) => {
    const answer = await fetch(`http://127.0.0.1:${plane.port}/v1/verify`, {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString("base64")}` },
      body: JSON.stringify({ ...usual, ...ask }),
    });
    const { reason, requestId = "" } = (await answer.json()) as { reason?: string; requestId?: string };
    return { status: answer.status, reason, requestId };
  };
  const explained = async (ask: Partial<Ask>) => {
    const asked = { ...usual, ...ask, headers: { ...usual.headers, ...ask.headers }, gateway: key };
    const told = await explainRequest(await installation.viewer("root"), asked);
    if (!told.ok) throw new Error(told.refusal.detail);
    return told.value;
  };
  return { scene: sceneOf(installation, latchkey, { userId, username, applicationId }), judge, explained };
}

const remedyIn = ({ reason, steps }: Explained) => ({
  ...{ reason, remedy: steps.find(({ outcome }) => outcome === "failed")?.remedy },
});

type Code = keyof typeof REMEDIES;
const CODES = Object.keys(REMEDIES).filter((code): code is Code => code in REMEDIES);
const WAYS = CODES.flatMap((code) =>
  [REMEDIES[code]].flat().map((remedy, n) => ({ code, remedy, way: `way ${n + 1}` })),
);

describe("a refusal that was provoked, explained and mended as Explain says, is one no more:", () => {
  test.each(WAYS)("$code, $way", async ({ code, way, remedy }) => {
    const { scene, judge, explained } = await open(`${code} ${way}`);
    const { broken, mend, before, gatewaySecret } = { gatewaySecret: SECRET, ...(await remedy.provoke(scene)) };
    const { status } = REASONS[code];
    const wanted = status === 401 ? "unauthenticated" : status === 503 ? "unavailable" : code;
    const { requestId } = await waitUntil(`the refusal ${code}`, async () => {
      const refused = await judge(broken, gatewaySecret);
      return refused.status === status && refused.reason === wanted ? refused : undefined;
    });
    await before?.();
    const told = remedy.byId ? await explainedById(installation, requestId) : remedyIn(await explained(broken));
    expect(told).toMatchObject({ reason: code, remedy: expect.stringMatching(remedy.says) });
    const mended = await mend();
    const passes = async () =>
      mended.at === undefined ? (await judge(mended)).status === 200 : (await explained(mended)).allowed;
    await waitUntil(`${code} is mended`, async () => ((await passes()) ? true : undefined));
  });
});

test("every reason is in one of the two tables, but for the two that refuse nothing", () => {
  const refusals = Object.entries(REASONS).flatMap(([code, { status }]) => (status === 200 ? [] : [code]));
  expect(Object.keys({ ...REMEDIES, ...REMEDIES_OF_VERIFIERS }).toSorted()).toEqual(refusals.toSorted());
  expect(Object.keys(REASONS).filter((code) => !refusals.includes(code))).toEqual(["let_through", "allowed"]);
});
