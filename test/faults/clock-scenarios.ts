import { waitUntil } from "#test/upstreams/wait-until";
import type { JumpingClock } from "./clock";
import type { FaultHouse, Post } from "./house";
import { first, pastTheBound, type Scenario } from "./scenarios";

const HOUR_S = 3_600;
/** A token is made, and asked about, before it expires. */
const SOON_MS = 2_000;

/** The verifier whose clock jumps. */
function clocked({ posts }: FaultHouse): Post & { readonly clock: JumpingClock } {
  for (const post of posts) if (post.clock !== undefined) return Object.assign(post, { clock: post.clock });
  throw new Error("No verifier has such a clock");
}

/** It says by how much its clock is ahead of the database's, in seconds, and in its log what became of that. */
async function tells(house: FaultHouse, { process }: Post, event: string, ahead: (seconds: number) => boolean) {
  await waitUntil(`${event}, and the number`, async () => {
    const metrics = await (await fetch(`http://127.0.0.1:${process.managementPort}/metrics`)).text();
    const seconds = /^latchkey_clock_difference_seconds (\S+)$/m.exec(metrics)?.[1];
    const said = house
      .logs()
      .match(/"event":"clock\.\w+"/g)
      ?.at(-1);
    return (said === `"event":"${event}"` && ahead(Number(seconds))) || undefined;
  });
}

/** The wall clock of one verifier jumps: what it knew is no older or younger by that. */
const jump =
  (...seconds: readonly number[]): Scenario =>
  async (house, story) => {
    const post = clocked(house);
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
    const post = clocked(house);
    await story.trouble(
      async () => {
        post.wire.hang("all");
        const revoking = story.revoke();
        post.clock.jump(-HOUR_S);
        await pastTheBound();
        await story.says(post, story.kept, 503);
        await revoking;
        post.clock.jump(0);
        post.wire.resume();
      },
      { at: post },
    );
  },
  // As docs/operations.md says: what ends at an instant ends by the verifier's own clock, and the verifier tells of that.
  "a token expires while the clock of a verifier is set back, and until it is right again": async (house, story) => {
    const post = clocked(house);
    await story.trouble(
      async () => {
        post.clock.jump(-HOUR_S);
        await tells(house, post, "clock.differs", (seconds) => seconds < -HOUR_S / 2);
        const token = await house.token(new Date(Date.now() + SOON_MS));
        for (const each of house.posts) if (each !== post) await story.says(each, token, 401);
        await story.says(post, token, 200);
        post.clock.jump(0);
        await story.says(post, token, 401);
        await tells(house, post, "clock.agrees", (seconds) => Math.abs(seconds) < 1);
      },
      { at: post },
    );
    await story.revoke();
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
