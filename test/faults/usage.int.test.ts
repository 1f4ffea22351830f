import { afterAll, beforeAll, expect, test } from "vitest";
import { waitUntil } from "#test/upstreams/wait-until";
import { ask } from "./asking";
import { FaultHouse, type Owned } from "./house";

let house: FaultHouse;
beforeAll(async () => {
  house = await FaultHouse.open();
});
afterAll(() => house.close());

/** What a verifier that is killed may lose (docs/operations.md: one batch a second). */
const LOST_MS = 1_000;
/** So long after something was written it is killed: who wrote every two seconds would not have written again. */
const KILLED_AFTER_MS = 1_700;
/** A busy machine writes late; a verifier that waits for longer than it should does so each time. */
const TURNS = 4;

const counted = async ({ id }: Owned): Promise<number> =>
  Number((await house.db.tokenUsage.findUnique({ where: { tokenId: id } }))?.allowed ?? 0);

/** Uses a token until its verifier is killed. @returns for how long it was used before, as far as that is not counted */
async function lostMs(): Promise<number> {
  const [post] = house.posts;
  if (post === undefined) throw new Error("There is no verifier");
  const token = await house.token();
  const allowedAt: number[] = [];
  const asked = async () => {
    if ((await ask(post, token)).status === 200) allowedAt.push(Date.now());
  };
  await waitUntil("its first use is written", async () => {
    await asked();
    return (await counted(token)) > 0 || undefined;
  });
  const writtenAt = Date.now();
  await waitUntil("it was used for longer than may be lost", async () => {
    await asked();
    return Date.now() - writtenAt > KILLED_AFTER_MS || undefined;
  });
  await post.process.kill();
  const writing = "SELECT 1 FROM pg_stat_activity WHERE application_name = 'latchkey-verifier record'";
  await waitUntil("nobody writes any more", async () => (await house.asOwner(writing)).length === 0 || undefined);
  const written = await counted(token);
  expect(written).toBeLessThanOrEqual(allowedAt.length);
  await house.restart(post);
  const [last, firstLost] = [allowedAt.at(-1) ?? 0, allowedAt[written] ?? Number.POSITIVE_INFINITY];
  return Math.max(0, last - firstLost);
}

test("a verifier that is killed has written what was used more than a second before", {
  timeout: 120_000,
}, async () => {
  let lost = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < TURNS && lost > LOST_MS; turn += 1) lost = await lostMs();
  expect(lost).toBeLessThanOrEqual(LOST_MS);
});
