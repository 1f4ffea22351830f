import { pastTheBound, type Scenario } from "./scenarios";

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
