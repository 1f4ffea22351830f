import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createInstallation, type TestInstallation } from "#test/installation";
import { waitUntil } from "#test/upstreams/wait-until";
import { keepRetention } from "./retention";

const PERIODS = { usageDays: 400, sightingsDays: 180 };
let installation: TestInstallation;
beforeAll(async () => {
  installation = await createInstallation();
});
afterAll(() => installation.close());

const aged = async () => {
  const tokenId = randomUUID();
  const seenAt = new Date(Date.now() - 181 * 86_400_000);
  await installation.db.tokenSighting.create({
    data: { tokenId, address: "192.0.2.7", client: "curl/8", firstSeenAt: seenAt, lastSeenAt: seenAt },
  });
  return () => installation.db.tokenSighting.count({ where: { tokenId } });
};

describe("a portal that runs", () => {
  test("deletes what has aged, by its own connection as a role that may nothing else", async () => {
    const left = await aged();
    const end = keepRetention(installation.database.retentionUrl, PERIODS, 0);
    await waitUntil("it is gone", async () => ((await left()) === 0 ? true : undefined));
    await end();
  });

  test("ends at once where it waits, and goes on where there is no database or no right", async () => {
    const left = await aged();
    const away = keepRetention("postgresql://nobody@127.0.0.1:1/latchkey", PERIODS, 0);
    const without = keepRetention(installation.database.verifierUrl, PERIODS, 0);
    const waiting = keepRetention(installation.database.retentionUrl, PERIODS);
    await Promise.all([away(), without(), waiting()]);
    expect(await left()).toBe(1);
  });
});
