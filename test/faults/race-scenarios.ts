import { waitUntil } from "#test/upstreams/wait-until";
import type { FaultHouse } from "./house";
import { onEach, type Scenario } from "./scenarios";

/** Everybody who had the token in memory must look it up again. */
const touch = (id: string) => `UPDATE tokens SET name = name || '!' WHERE id = '${id}'`;

/** Every verifier has applied whatever has been committed. */
async function applied(house: FaultHouse): Promise<void> {
  const behind = `SELECT 1 FROM verifier_lease, change_head
    WHERE verifier_lease.applied < change_head.seq AND seen_at > now() - make_interval(secs => bound_seconds)`;
  await waitUntil("every verifier has applied what was committed", async () =>
    (await house.asOwner(behind)).length === 0 ? true : undefined,
  );
}

const isWaitedFor = async (house: FaultHouse): Promise<boolean> =>
  (await house.asOwner("SELECT 1 FROM pg_locks WHERE NOT granted")).length > 0;

/** What happens at once, in an order that is as bad as it can be. */
export const RACES: Readonly<Record<string, Scenario>> = {
  "a token is revoked while a look-up of it is under way": async (house, story) => {
    await story.trouble(async () => {
      onEach(house, ({ wire }) => wire.withhold("load"));
      await house.asOwner(touch(story.victim.id));
      await waitUntil("the look-ups have been answered, and nobody has heard it", () =>
        house.posts.every(({ wire }) => wire.unheard("load") > 0) ? true : undefined,
      );
      await story.revoke();
      onEach(house, ({ wire }) => wire.resume());
    });
  },
  "a token is revoked, and a change that began later is done first, or waits": async (house, story) => {
    await story.trouble(async () => {
      const stopped = house.wire.stopAt("COMMIT");
      const revoking = story.revoke();
      await stopped;
      let isDone = false;
      const other = house.asOwner(touch(story.kept.id)).then(() => {
        isDone = true;
      });
      await waitUntil("it is done, or waits", async () => isDone || (await isWaitedFor(house)) || undefined);
      await applied(house);
      for (const post of house.posts) await story.says(post, story.victim, 200);
      house.wire.resume();
      await Promise.all([revoking, other]);
    });
  },
};
