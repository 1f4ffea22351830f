import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Prisma } from "#lib/db/client";
import { explainRequest } from "#lib/verification/queries";
import { REASONS, type ReasonCode } from "#lib/verification/reasons";
import { createInstallation, type TestInstallation } from "#test/installation";
import { startPlane, type TestPlane } from "#test/plane";
import { type Ask, sceneOf } from "#test/remedies";
import { REMEDIES, WITHOUT_REMEDY } from "#test/remedies-table";
import { seedApplication, seedGateway } from "#test/seeded";
import { waitUntil } from "#test/upstreams/wait-until";

let installation: TestInstallation;
let plane: TestPlane;
beforeAll(async () => {
  installation = await createInstallation();
  await installation.person("root", ["admins"]);
  plane = await startPlane(installation.database.verifierUrl, "v1");
});
afterAll(async () => {
  await plane.stop();
  await installation.close();
});

// What holds for the whole installation must not outlive a test that fails.
afterEach(() => {
  const rates = { ownerRate: Prisma.DbNull, failureRate: Prisma.DbNull };
  return installation.db.settings.updateMany({ data: { quarantinedAt: null, ranges: [], ...rates } });
});

const SECRET = "an app's secret";

/** A house of its own for each reason: what one provokes must not reach another. */
async function open(code: string) {
  const { db } = installation;
  const key = code.replaceAll("_", "-");
  const applicationId = await seedApplication(db, key, "jira", { identity: "header" });
  await seedGateway(db, key, SECRET, [applicationId], { adapter: "api" });
  const { id } = await installation.person(`user-${key}`, ["api-users"]);
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
    const { reason } = (await answer.json()) as { reason?: string };
    return { status: answer.status, reason };
  };
  const explained = async (ask: Partial<Ask>, gateway = key) => {
    const asked = { ...usual, ...ask, headers: { ...usual.headers, ...ask.headers }, gateway };
    const told = await explainRequest(await installation.viewer("root"), asked);
    if (!told.ok) throw new Error(told.refusal.detail);
    return told.value;
  };
  return { scene: sceneOf(db, id, applicationId, Date.now), judge, explained };
}

type Code = keyof typeof REMEDIES;
const CODES = Object.keys(REMEDIES).filter((code): code is Code => code in REMEDIES);

describe("a refusal that was provoked, explained and mended as Explain says, is one no more:", () => {
  test.each(CODES)("%s", async (code) => {
    const { scene, judge, explained } = await open(code);
    const remedy = REMEDIES[code];
    const { broken, mend, gatewaySecret, strangeGateway } = { gatewaySecret: SECRET, ...(await remedy.provoke(scene)) };
    const { status } = REASONS[code];
    const wanted = status === 401 ? "unauthenticated" : status === 503 ? "unavailable" : code;
    await waitUntil(`the refusal ${code}`, async () => {
      const refused = await judge(broken, gatewaySecret);
      return refused.status === status && refused.reason === wanted ? true : undefined;
    });
    const told = await explained(broken, strangeGateway);
    const failed = told.steps.find(({ outcome }) => outcome === "failed");
    if (remedy.says !== null) {
      expect(told.reason).toBe(code);
      expect(failed?.remedy).toMatch(remedy.says);
    }
    const mended = await mend();
    await waitUntil(`${code} is mended`, async () => ((await judge(mended)).status === 200 ? true : undefined));
  });
});

test("every reason is in the table, or it is said why not", () => {
  const all = Object.keys(REASONS) as ReasonCode[];
  expect(all.filter((code) => !(code in REMEDIES) && !(code in WITHOUT_REMEDY))).toEqual([]);
  expect(Object.keys(WITHOUT_REMEDY).filter((code) => code in REMEDIES || !(code in REASONS))).toEqual([]);
});
