import type { JumpingClock } from "./clock";
import { first, pastTheBound, type Scenario } from "./scenarios";

const HOUR_S = 3_600;

/** The wall clock of one verifier jumps: what it knew is no older or younger by that. */
const jump =
  (...seconds: readonly number[]): Scenario =>
  async (house, story) => {
    const post = house.posts.find(({ clock }) => clock !== undefined);
    if (post?.clock === undefined) throw new Error("No verifier has such a clock");
    const { clock } = post;
    await story.trouble(
      async () => {
        for (const each of seconds) {
          clock.jump(each);
          await pastTheBound();
          await story.says(post, story.kept, 200);
        }
        clock.jump(0);
      },
      { at: post },
    );
    await story.revoke();
  };

/** Faults of a clock; only `npm run faults` has one that jumps. */
export const CLOCK: Readonly<Record<string, Scenario>> = {
  "the clock of a verifier is set an hour ahead, and back": jump(HOUR_S),
  "the clock of a verifier is set an hour back, and ahead again": jump(-HOUR_S),
  "a verifier whose clock jumps hears nothing any more": async (house, story) => {
    const post = house.posts.find(({ clock }) => clock !== undefined);
    if (post === undefined) throw new Error("No verifier has such a clock");
    await story.trouble(
      async () => {
        post.wire.hang("all");
        const revoking = story.revoke();
        post.clock?.jump(-HOUR_S);
        await pastTheBound();
        await story.says(post, story.kept, 503);
        await revoking;
        post.clock?.jump(0);
        post.wire.resume();
      },
      { at: post },
    );
  },
};

/** The database's clock jumps while a verifier is cut off; whoever revokes then is told no less than the truth. */
const databaseJumps =
  (clock: JumpingClock, seconds: number): Scenario =>
  async (house, story) => {
    const post = first(house);
    await story.trouble(async () => {
      post.wire.hang("all");
      clock.jump(seconds);
      const [row] = await house.asOwner("SELECT extract(epoch FROM clock_timestamp())::float8");
      if (Math.abs(Number(row?.[0]) - Date.now() / 1_000 - seconds) > HOUR_S / 2)
        throw new Error("It has no such clock");
      await story.revoke();
      await pastTheBound();
      clock.jump(0);
      post.wire.resume();
    });
  };

/** Faults of the clock of the database, in a house of its own. */
export const databaseClock = (clock: JumpingClock): Readonly<Record<string, Scenario>> => ({
  "the clock of the database is set an hour ahead while a verifier hears nothing": databaseJumps(clock, HOUR_S),
  "the clock of the database is set an hour back while a verifier hears nothing": databaseJumps(clock, -HOUR_S),
});
