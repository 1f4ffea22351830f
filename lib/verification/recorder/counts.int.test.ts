import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLog } from "#lib/log";
import { DatabaseProxy } from "#test/database-proxy";
import { createInstallation, type TestInstallation } from "#test/installation";
import { waitUntil } from "#test/upstreams/wait-until";
import type { Decision } from "../decide";
import type { Subject } from "../decision";
import { Recorder } from "./recorder";

const SUBJECT: Subject = {
  ...{ gatewayKey: "gw1", applicationKey: "jira", clientAddress: "192.0.2.7", auth: "token", claimedName: null },
  ...{ tokenId: null, ownerId: null, method: "GET", path: "/", access: "read", observedRules: [], observed: false },
};

let installation: TestInstallation;

beforeAll(async () => {
  installation = await createInstallation();
});
afterAll(() => installation.close());

test("what waits, what was written, what there was no room for and what was lost are numbers of their own", async () => {
  const proxy = await DatabaseProxy.open(installation.database.verifierUrl);
  const recorder = new Recorder({
    ...{ url: proxy.url, limits: { tokens: 5, counts: 10, sightings: 3 } },
    log: createLog("error", { write: () => undefined }, Date.now),
  });
  recorder.start();
  await waitUntil("a connection", () => recorder.isConnected || undefined);
  await proxy.refuse();
  await waitUntil("the loss", () => (recorder.isConnected ? undefined : true));
  const at = Date.now();
  for (let token = 0; token < 6; token += 1) {
    const said = { allowed: true, reason: "allowed", subject: { ...SUBJECT, tokenId: randomUUID() } };
    recorder.note({ decision: said as Decision, client: "curl/8", peer: "127.0.0.1", at }, false);
  }
  // Five tokens and one line of counts.
  expect(recorder.pending).toBe(6);
  expect(recorder.counts).toEqual({ noted: 6, batches: 0, failed: 0, lost: 0, dropped: 0 });
  await proxy.accept();
  await waitUntil("all of it", () => (recorder.pending === 0 && recorder.counts.batches > 0 ? true : undefined));
  // The sixth token has no count of its own; of the fourth and fifth there is no room for where they were used.
  expect(recorder.counts).toEqual({ noted: 6, batches: 1, failed: 0, lost: 1, dropped: 2 });
  await recorder.stop();
  await proxy.close();
});
