import { waitUntil } from "#test/upstreams/wait-until";
import { BOUND_MS, type FaultHouse } from "./house";
import type { Story } from "./story";

/** Something that goes wrong while tokens are asked about, and somebody revokes one. Whatever it breaks it mends. */
export type Scenario = (house: FaultHouse, story: Story) => Promise<void>;

type Act = (house: FaultHouse) => Promise<void> | void;

/** Whoever stops too early is asked again while that is too early still: what is mended then is an excuse. */
async function untilStopped(story: Story): Promise<void> {
  await story.stopped();
  await story.askedOften();
}

/** The database does what is given until every verifier has stopped by itself; a token is revoked as soon as it can be. */
export const outage =
  (begin: Act, end: Act, lasts: (story: Story, revoking: Promise<void>) => Promise<void> = untilStopped): Scenario =>
  async (house, story) => {
    let revoking = Promise.resolve();
    await story.outage(async (mends) => {
      await begin(house);
      revoking = story.revoke();
      await lasts(story, revoking);
      mends();
      await end(house);
    });
    await revoking;
  };

const PROPAGATION = ["pull", "listen"] as const;

const briefly = async (): Promise<void> => undefined;

/** Long enough that a verifier must not allow any more by what it knew, whatever it can say. */
export async function pastTheBound(): Promise<void> {
  const from = Date.now();
  await waitUntil("the bound is over", () => Date.now() > from + BOUND_MS + 1_000 || undefined);
}

const VERIFIER = "latchkey_verifier";
const dropVerifiers = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${VERIFIER}'`;
const dropAll = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'latchkey'";

export const onEach = (house: FaultHouse, act: (post: FaultHouse["posts"][number]) => void) => {
  for (const post of house.posts) act(post);
};

export const first = ({ posts: [post] }: FaultHouse) => {
  if (post === undefined) throw new Error("There is no verifier");
  return post;
};

/** Faults of the database. */
export const DATABASE: Readonly<Record<string, Scenario>> = {
  "PostgreSQL is killed, and started again": outage(
    ({ server }) => server.kill(),
    ({ server }) => server.start(),
  ),
  "PostgreSQL hangs, and goes on": outage(
    ({ server }) => server.hang(),
    ({ server }) => server.wake(),
  ),
  "PostgreSQL is restarted in order": outage(
    ({ server }) => server.stop(),
    ({ server }) => server.start(),
    briefly,
  ),
  "the way to the database is slow": outage(
    (house) => onEach(house, ({ wire }) => wire.slow(400)),
    (house) => onEach(house, ({ wire }) => wire.slow(0)),
    (_story, revoking) => revoking,
  ),
  "only look-ups have a slow way to the database": outage(
    (house) => onEach(house, ({ wire }) => wire.slow(1_500, "load")),
    (house) => onEach(house, ({ wire }) => wire.slow(0, "load")),
    // A quick machine is told of the revocation before anybody has looked the token up again.
    async (story, revoking) => {
      await revoking;
      await story.askedOften();
    },
  ),
  "only announcements and what is pulled have a slow way to the verifiers": outage(
    (house) => onEach(house, ({ wire }) => PROPAGATION.map((purpose) => wire.slow(300, purpose))),
    (house) => onEach(house, ({ wire }) => PROPAGATION.map((purpose) => wire.slow(0, purpose))),
    (_story, revoking) => revoking,
  ),
  "only whoever revokes has a slow way to the database": async ({ wire }, story) => {
    wire.slow(50, "portal");
    await story.revoke();
    wire.slow(0, "portal");
  },
  "PostgreSQL has no connection left for verifiers": outage(
    (house) => house.asAdmin(`ALTER ROLE ${VERIFIER} CONNECTION LIMIT 0`, dropVerifiers),
    (house) => house.asAdmin(`ALTER ROLE ${VERIFIER} CONNECTION LIMIT -1`),
  ),
  "the database is read-only": outage(
    (house) => house.asAdmin("ALTER DATABASE latchkey SET default_transaction_read_only = on", dropAll),
    (house) => house.asAdmin("ALTER DATABASE latchkey RESET default_transaction_read_only", dropAll),
  ),
};

/** Faults on the way between a verifier and the database. */
export const WIRE: Readonly<Record<string, Scenario>> = {
  "the channel of announcements is cut": async (house, story) => {
    onEach(house, ({ wire }) => wire.cut("listen"));
    await story.revoke();
  },
  "the channel of announcements is a black hole": async (house, story) => {
    onEach(house, ({ wire }) => wire.hang("listen"));
    await story.revoke();
    onEach(house, ({ wire }) => wire.resume());
  },
  "one verifier hears nothing any more": async (house, story) => {
    const { wire } = first(house);
    await story.outage(async (mends) => {
      wire.hang("all");
      await story.revoke();
      await pastTheBound();
      mends();
      wire.resume();
    }, first(house));
  },
  "whoever revokes loses the database at the commit, which was heard": async ({ wire }, story) => {
    wire.cutAt("COMMIT", true);
    await story.revoke();
  },
  "whoever revokes loses the database at the commit, which was not heard": async ({ wire }, story) => {
    wire.cutAt("COMMIT", false);
    await story.revoke();
  },
};
