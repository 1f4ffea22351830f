import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createLog } from "#lib/log";
import { DatabaseProxy } from "#test/database-proxy";
import { createInstallation } from "#test/installation";
import { seedToken } from "#test/seeded";
import { waitUntil } from "#test/upstreams/wait-until";
import type { Decision } from "../decide";
import type { Subject } from "../decision";
import { Recorder } from "./recorder";

const SUBJECT: Subject = {
  ...{ gatewayKey: "gw1", applicationKey: "jira", clientAddress: "192.0.2.7", auth: "token", claimedName: null },
  ...{ tokenId: null, ownerId: null, method: "GET", path: "/", access: "read", observedRules: [], observed: false },
};

test("of more tokens than there is detail of each is counted once the database is back, and an overlap ends by it", async () => {
  const installation = await createInstallation();
  const { db } = installation;
  const maria = (await installation.person("maria", ["api-users"])).id;
  const overlapEndsAt = new Date(Date.now() + 86_400_000);
  const old = await seedToken(db, maria, {
    ...{ supersededAt: new Date(Date.now() - 1_000), overlapEndsAt, overlapUntilFirstUse: true },
  });
  const successor = await seedToken(db, maria, { rotatedFromId: old.id });
  const proxy = await DatabaseProxy.open(installation.database.verifierUrl);
  const recorder = new Recorder({ url: proxy.url, log: createLog("error", { write: () => undefined }, Date.now) });
  recorder.start();
  await waitUntil("a connection", () => recorder.isConnected || undefined);
  await proxy.refuse();
  await waitUntil("the loss", () => (recorder.isConnected ? undefined : true));
  const ids = Array.from({ length: 12_000 }, () => randomUUID());
  for (const tokenId of [...ids, successor.id]) {
    const said = { allowed: true, reason: "allowed", subject: { ...SUBJECT, tokenId } };
    recorder.note({ decision: said as Decision, client: "curl/8", peer: "127.0.0.1", at: Date.now() }, false);
  }
  await proxy.accept();
  await waitUntil("all of it", () => (recorder.pending === 0 ? true : undefined), 60_000);
  expect(await db.tokenUsage.count({ where: { allowed: 1, tokenId: { in: [...ids, successor.id] } } })).toBe(12_001);
  const { overlapEndsAt: ended } = await db.token.findUniqueOrThrow({ where: { id: old.id } });
  expect(ended?.getTime()).toBeLessThan(overlapEndsAt.getTime());
  expect(recorder.counts).toMatchObject({ lost: 0, failed: 0 });
  expect(recorder.counts.dropped).toBeGreaterThan(0);
  await recorder.stop();
  await proxy.close();
  await installation.close();
}, 90_000);
