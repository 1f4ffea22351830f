import { waitUntil } from "#test/upstreams/wait-until";
import type { FaultHouse, Post } from "./house";
import { first, type Scenario } from "./scenarios";
import type { Story } from "./story";

/** The statements by which a verifier hears of changes, says how far it is, and looks tokens up. */
const PULL = "latchkey_pull";
const LEASE = "latchkey_write_lease";
const LOAD = "latchkey_load_tokens";

/**
 * Lets the token be revoked, and a verifier come to one point of what it does about that; there it waits until its wire
 * goes on. @returns the revocation, which may be under way still
 */
type Moment = (house: FaultHouse, post: Post, story: Story) => Promise<{ readonly revoking: Promise<void> }>;

async function pulls(post: Post, story: Story) {
  await post.wire.stopAt(PULL);
  return { revoking: story.revoke() };
}

/** What a verifier does about a change, one after the other. */
const MOMENTS: Readonly<Record<string, Moment>> = {
  "while it pulls": (_house, post, story) => pulls(post, story),
  "between applying a change and saying so": async (house, post, story) => {
    const { revoking } = await pulls(post, story);
    const committed = `SELECT 1 FROM tokens WHERE id = '${story.victim.id}' AND revoked_at IS NOT NULL`;
    await waitUntil("it is revoked", async () => (await house.asOwner(committed)).length > 0 || undefined);
    // Whatever pull is answered from now on brings the change.
    const hasApplied = post.wire.stopAt(LEASE);
    post.wire.resume();
    await hasApplied;
    return { revoking };
  },
  "while it looks a token up": async (_house, post, story) => {
    const looksUp = post.wire.stopAt(LOAD);
    const revoking = story.revoke();
    await looksUp;
    return { revoking };
  },
};

/** It dies there, and another takes its place. */
const killed =
  (moment: Moment): Scenario =>
  async (house, story) => {
    const post = first(house);
    const { revoking } = await moment(house, post, story);
    await story.trouble(
      async () => {
        await post.process.kill();
        post.wire.resume();
        await revoking;
        await house.restart(post);
      },
      { at: post, silent: true },
    );
  };

/** A gateway that goes by /readyz has turned away after this, well within the five seconds of the lame duck. */
const TURNS_AWAY_MS = 3_000;

async function isEnding({ process }: Post): Promise<true | undefined> {
  const answer = await fetch(`http://127.0.0.1:${process.managementPort}/readyz`);
  return (answer.status === 503 && JSON.stringify(await answer.json()).includes("ending")) || undefined;
}

/** It is told to end there. Nothing excuses what it answers until whoever goes by /readyz asks another one. */
const toldToEnd =
  (moment: Moment): Scenario =>
  async (house, story) => {
    const post = first(house);
    const { revoking } = await moment(house, post, story);
    const toldAt = Date.now();
    post.process.signal("SIGTERM");
    post.wire.resume();
    await waitUntil("/readyz says that it ends", () => isEnding(post));
    await waitUntil("gateways have turned away", () => Date.now() - toldAt > TURNS_AWAY_MS || undefined);
    await story.trouble(
      async () => {
        const status = await post.process.ended();
        if (status !== 0) throw new Error(`It ended with ${status}`);
        await revoking;
        await house.restart(post);
      },
      { at: post, silent: true },
    );
  };

const named = (how: string, made: (moment: Moment) => Scenario): [string, Scenario][] =>
  Object.entries(MOMENTS).map(([when, moment]) => [`${how} ${when}`, made(moment)]);

const [toldFirst, ...toldLater] = named("is told to end", toldToEnd);

/** A verifier that ends in the middle of what it does about a change. */
export const ENDINGS: Readonly<Record<string, Scenario>> = Object.fromEntries([
  ...named("is killed", killed),
  ...(toldFirst ? [toldFirst] : []),
]);

/** What of that takes six seconds each: `npm run faults` alone plays them. */
export const LONG_ENDINGS: Readonly<Record<string, Scenario>> = Object.fromEntries(toldLater);
