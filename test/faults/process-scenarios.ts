import { settled } from "./change-scenarios";
import { first, pastTheBound, type Scenario } from "./scenarios";

/** The statement by which a verifier says that it is there, and how far. */
const LEASE = "latchkey_write_lease";

/** Faults of a verifier. */
export const PROCESS: Readonly<Record<string, Scenario>> = {
  "a verifier is suspended for longer than its bound": async (house, story) => {
    const post = first(house);
    await story.trouble(
      async () => {
        post.process.signal("SIGSTOP");
        await story.revoke();
        await pastTheBound();
        post.process.signal("SIGCONT");
      },
      { at: post, silent: true },
    );
  },
  "a verifier is killed, and another takes its place": async (house, story) => {
    const post = first(house);
    await story.trouble(
      async () => {
        await post.process.kill();
        await story.revoke();
        await house.restart(post);
      },
      { at: post, silent: true },
    );
  },
  "a verifier is told to end, and is started while the database is away": async (house, story) => {
    const post = first(house);
    await story.trouble(
      async () => {
        post.process.signal("SIGTERM");
        const revoking = story.revoke();
        await Promise.all([post.process.ended(), revoking]);
        await post.wire.refuse();
        await house.restart(post);
        await post.wire.accept();
      },
      { at: post, silent: true },
    );
  },
  "a verifier begins, and the settings change while nobody has seen it yet": async (house, story) => {
    const post = first(house);
    await story.trouble(
      async () => {
        post.process.signal("SIGTERM");
        await post.process.ended();
        const hasPulled = post.wire.stopAt(LEASE);
        await house.restart(post);
        await hasPulled;
        await settled(["198.51.100.0/24"], 403)(house, story);
        post.wire.slow(150, "pull");
        post.wire.resume();
        await story.says(post, story.kept, 403);
        post.wire.slow(0, "pull");
      },
      { at: post, silent: true },
    );
    await settled([], 200)(house, story);
    await story.settled();
  },
};
