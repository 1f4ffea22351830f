import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { replay } from "#lib/jobs/replay";
import { endQuarantine } from "#lib/journal/commands/end-quarantine";
import { ALTHOUGH } from "#lib/journal/left";
import { missingEnds } from "#lib/journal/queries";
import { waitUntil } from "#test/upstreams/wait-until";
import type { FaultHouse, Post } from "./house";
import type { Scenario } from "./scenarios";
import type { Story } from "./story";

/** Lets every verifier be away, and begin anew, around something. */
async function withVerifiersAway(house: FaultHouse, act: () => Promise<void>): Promise<void> {
  await Promise.all(house.posts.map(({ process }) => process.kill()));
  await act();
  await Promise.all(house.posts.map((post) => house.restart(post)));
}

/** Tells verifiers to end, as who restarts them does, and starts them again when all of them have. */
async function renewed(house: FaultHouse, posts: readonly Post[]): Promise<void> {
  for (const { process } of posts) process.signal("SIGTERM");
  await Promise.all(posts.map(({ process }) => process.ended()));
  await Promise.all(posts.map((post) => house.restart(post)));
}

/** A story in which another database is there than was before. */
const withJournal =
  (act: (house: FaultHouse, story: Story, folder: string) => Promise<void>): Scenario =>
  async (house, story) => {
    const folder = mkdtempSync(join(tmpdir(), "latchkey-faults-"));
    await story.trouble(() => act(house, story, folder), { silent: true });
    rmSync(folder, { recursive: true, force: true });
  };

/** Does again what the journal tells, which ends the quarantine. */
async function replayed(house: FaultHouse, folder: string): Promise<void> {
  const missing = await missingEnds(operator(), (id) => house.journals(folder).read(id));
  if (!missing.ok) throw new Error(missing.refusal.detail);
  const done = await replay(house.db, operator(), missing.value, Date.now);
  if (!done.ok || done.value.quarantined) throw new Error("The quarantine goes on");
}

async function ended(house: FaultHouse): Promise<void> {
  const done = await execute(house.db, endQuarantine, operator(), { although: ALTHOUGH }, Date.now());
  if (!done.ok) throw new Error(done.refusal.detail);
}

/** Makes this database one of another address, as the portal sees it, and lets somebody say that it holds all the same. */
async function accepted(house: FaultHouse, folder: string): Promise<void> {
  await house.db.settings.update({ where: { id: 1 }, data: { boundUrl: "https://latchkey.example.com" } });
  await house.journal(folder).look();
  await ended(house);
}

/** Before the token is revoked, thereafter, and when the backup is back. */
type Moment = "early" | "late" | "after";
type Act = () => Promise<void>;

const nothing: Act = async () => undefined;

/**
 * Takes a backup, lets every verifier apply that a token was revoked, and puts the backup back beneath them while no
 * portal is there to look. Returns when all of them have been at the database that came back, one was restarted, and
 * they were asked since.
 */
async function restoredBeneath(
  house: FaultHouse,
  story: Story,
  { early = nothing, late = nothing, after = nothing }: Partial<Readonly<Record<Moment, Act>>>,
): Promise<void> {
  await house.server.backUp();
  await early();
  await story.revoke();
  for (const post of house.posts) await story.says(post, story.victim, 401);
  await late();
  await house.server.restore();
  await after();
  const [row] = await house.asOwner("SELECT now()::text");
  const here = `SELECT count(DISTINCT split_part(id, '/', 1))::int FROM verifier_lease WHERE seen_at > '${row?.[0]}'`;
  await waitUntil("every verifier has been at the database that came back", async () => {
    const [found] = await house.asOwner(here);
    return found?.[0] === house.posts.length || undefined;
  });
  await story.askedOften();
  await renewed(house, house.posts.slice(0, 1));
  await story.askedOften();
}

/** Another database than the one that was there before. */
export const HISTORY: Readonly<Record<string, Scenario>> = {
  "an older backup is restored, and what was revoked since is revoked again": withJournal(
    async (house, story, folder) => {
      await house.journal(folder).round();
      await house.server.backUp();
      await story.revoke();
      await house.journal(folder).round();
      await withVerifiersAway(house, async () => {
        await house.server.restore();
        await house.journal(folder).look(); // as a start does, before anything serves
      });
      await story.all(503);
      await replayed(house, folder);
    },
  ),
  "an older backup is restored beneath running verifiers, and only later a portal looks": withJournal(
    async (house, story, folder) => {
      await house.journal(folder).round();
      await restoredBeneath(house, story, { late: () => house.journal(folder).round() });
      await house.journal(folder).look();
      await story.all(503);
      await replayed(house, folder);
    },
  ),
  "an older backup is restored beneath verifiers that are all restarted, and only later a portal looks": withJournal(
    async (house, story, folder) => {
      await house.journal(folder).round();
      await restoredBeneath(house, story, { late: () => house.journal(folder).round() });
      await renewed(house, house.posts);
      await story.askedOften();
      await story.all(503);
      await house.journal(folder).look();
      await replayed(house, folder);
    },
  ),
  "a server takes over that lacks the last change, of which no journal tells": withJournal(
    async (house, story, folder) => {
      const restarted = async () => {
        await house.server.stop();
        await house.server.start();
      };
      await restoredBeneath(house, story, { after: restarted });
      await house.journal(folder).look();
      await story.all(503);
      await story.revoke();
      await ended(house);
    },
  ),
  "a backup comes back from before a quarantine that somebody ended": withJournal(async (house, story, folder) => {
    await restoredBeneath(house, story, { early: () => accepted(house, folder) });
    await house.journal(folder).look();
    await story.all(503);
    await story.revoke();
    await ended(house);
  }),
  "a database is served that belongs to another address": async (house, story) => {
    await withJournal(async (_house, _story, folder) => {
      await withVerifiersAway(house, async () => {
        await house.db.settings.update({ where: { id: 1 }, data: { boundUrl: "https://latchkey.example.com" } });
        await house.journal(folder).look();
      });
      await story.all(503);
      await ended(house);
    })(house, story);
    await story.revoke();
  },
};
