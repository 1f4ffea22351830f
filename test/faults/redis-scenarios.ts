import { Prisma } from "#lib/db/client";
import type { TestRedis } from "#test/redis";
import { outage, type Scenario } from "./scenarios";

/** Verifiers count what is asked while each owner has a rate, one that nobody reaches; else they need no Redis. */
const counted =
  (scenario: Scenario): Scenario =>
  async (house, story) => {
    const rate = (ownerRate: object | typeof Prisma.DbNull) => house.db.settings.updateMany({ data: { ownerRate } });
    await rate({ perMinute: 600_000, burst: 100_000 });
    await scenario(house, story);
    await rate(Prisma.DbNull);
  };

/** Faults of a Redis in which verifiers share what they count; only `npm run faults` has one. */
export const redisFaults = (redis: () => TestRedis): Readonly<Record<string, Scenario>> => ({
  "Redis is gone, and everything goes on": counted(async (_house, story) => {
    await redis().kill();
    await story.revoke();
    await redis().start();
  }),
  "Redis is gone while PostgreSQL hangs, and both come back": counted(
    outage(
      async ({ server }) => {
        server.hang();
        await redis().kill();
      },
      async ({ server }) => {
        await redis().start();
        server.wake();
      },
    ),
  ),
  "Redis hangs together with PostgreSQL, and both go on": counted(
    outage(
      ({ server }) => {
        server.hang();
        redis().signal("SIGSTOP");
      },
      ({ server }) => {
        redis().signal("SIGCONT");
        server.wake();
      },
    ),
  ),
});
