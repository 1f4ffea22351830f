import type { TestRedis } from "#test/redis";
import { outage, type Scenario } from "./scenarios";

/** Faults of a Redis in which verifiers share what they count; only `npm run faults` has one. */
export const redisFaults = (redis: () => TestRedis): Readonly<Record<string, Scenario>> => ({
  "Redis is gone, and everything goes on": async (_house, story) => {
    await redis().kill();
    await story.revoke();
    await redis().start();
  },
  "Redis is gone while PostgreSQL hangs, and both come back": outage(
    async ({ server }) => {
      server.hang();
      await redis().kill();
    },
    async ({ server }) => {
      await redis().start();
      server.wake();
    },
  ),
  "Redis hangs together with PostgreSQL, and both go on": outage(
    ({ server }) => {
      server.hang();
      redis().signal("SIGSTOP");
    },
    ({ server }) => {
      redis().signal("SIGCONT");
      server.wake();
    },
  ),
});
