import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { operator } from "#lib/auth/actors";
import { castOf } from "#test/actors";
import { asAdmin } from "#test/database-cluster";
import { createInstallation, type TestInstallation } from "#test/installation";
import { application, refusalOf, SECRET } from "#test/verification";
import { findHandedOn } from "./queries-handed-on";

let installation: TestInstallation;
beforeAll(async () => {
  installation = await createInstallation();
});
afterAll(() => installation.close());

const HOUR_MS = 3_600_000;
const own = application({ credentials: { basic: true, bearer: true, header: "X-Jira-Token", query: "key" } });
/** What the verifier notes of a token in a header that the gateway's configuration does not name. */
const HANDED_ON = refusalOf({ facts: { applications: [own] }, request: { headers: ["X-Jira-Token", SECRET] } });
const IN_ADDRESS = refusalOf({
  facts: { applications: [own] },
  question: { withholds: "named" },
  request: { target: `/?key=${SECRET}`, headers: [] },
});

/** As the recorder leaves one behind: counted by the hour, and noted. */
async function refused(gatewayKey: string, applicationKey: string, ago: number, how = HANDED_ON): Promise<Date> {
  const [at, hour] = [new Date(Date.now() - ago), new Date(Math.floor((Date.now() - ago) / HOUR_MS) * HOUR_MS)];
  const { db } = installation;
  const tally = { hour, gatewayKey, applicationKey, reason: how.reason, auth: "none" };
  await db.verificationCount.upsert({
    where: { hour_gatewayKey_applicationKey_reason_auth: tally },
    create: { ...tally, count: 1n },
    update: { count: { increment: 1n } },
  });
  // Only verifiers write refusals: here their owner does.
  await asAdmin(installation.database.ownerUrl, [
    `INSERT INTO refusals (request_id, at, reason, rule, gateway_key, application_key, client)
     VALUES ('${randomUUID()}', '${at.toISOString()}', '${how.reason}', '${how.rule}', '${gatewayKey}', '${applicationKey}', '')`,
  ]);
  return at;
}

test("a token that a gateway would have handed on is told of that gateway and of that application, with the last time", async () => {
  await refused("old", "jira", 2 * HOUR_MS);
  const last = await refused("old", "wiki", HOUR_MS);
  await refused("older", "wiki", 3 * HOUR_MS);
  expect(await findHandedOn(operator(), { gatewayKey: "old" })).toEqual({
    ...{ gateways: ["old"], applications: ["jira", "wiki"], lastAt: last.toISOString() },
  });
  expect(await findHandedOn(operator(), { applicationKey: "wiki" })).toEqual({
    ...{ gateways: ["old", "older"], applications: ["wiki"], lastAt: last.toISOString() },
  });
});

test("nothing is told of what was refused for something else, in the address, or longer ago than a day", async () => {
  await refused("address", "git", HOUR_MS, IN_ADDRESS);
  await refused("other", "git", HOUR_MS, { reason: "write_refused", rule: "x" });
  await refused("yesterday", "git", 25 * HOUR_MS);
  expect(IN_ADDRESS.reason).toBe(HANDED_ON.reason);
  for (const gatewayKey of ["address", "other", "yesterday", "unknown"])
    expect([gatewayKey, await findHandedOn(operator(), { gatewayKey })]).toEqual([gatewayKey, null]);
  expect(await findHandedOn(operator(), { applicationKey: "git" })).toBeNull();
});

test("who may not see gateways is not told", async () => {
  await refused("secret", "jira", HOUR_MS);
  const { user, auditor, admin } = await castOf(installation);
  for (const viewer of [auditor, admin])
    expect((await findHandedOn(viewer, { gatewayKey: "secret" }))?.applications).toEqual(["jira"]);
  for (const about of [{ gatewayKey: "secret" }, { applicationKey: "jira" }])
    expect(await findHandedOn(user, about)).toBeNull();
});
