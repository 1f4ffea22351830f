import { system } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { env } from "#lib/env";
import { endQuarantine } from "#lib/journal/commands/end-quarantine";
import { quarantine } from "#lib/journal/commands/quarantine";
import { JournalFiles } from "#lib/journal/files";
import { journalPlace } from "#lib/journal/here";
import { JournalKeeper } from "#lib/journal/keeper";
import { ALTHOUGH } from "#lib/journal/left";
import type { Cause } from "#lib/journal/standing";
import { outputOf } from "./api";
import type { Scene } from "./remedies";
import { type Row, undone } from "./remedies-rows";

const begun = ({ db }: Scene, cause: Cause) =>
  outputOf(execute(db, quarantine, system("journal"), { cause, latest: null }, Date.now()));

const unexpectedly = (what: unknown) => {
  throw new Error("the journal cannot be kept", { cause: what });
};

/** Writes down what has ended here so far, as a portal does. @param onQuarantine where it does not know this database */
async function journalled({ db }: Scene, onQuarantine: (cause: Cause) => void = unexpectedly): Promise<void> {
  const onRound = (error: unknown) => (error === null ? undefined : unexpectedly(error));
  const keeper = new JournalKeeper({
    ...{ db, now: Date.now, url: env().url, by: system("journal"), onRound },
    files: new JournalFiles(journalPlace(), "portal"),
    ...{ onQuarantine, onDamage: unexpectedly, onLost: () => unexpectedly("lost"), onLate: unexpectedly },
  });
  await keeper.round();
}

async function done(running: ReturnType<Scene["latchkey"]>): Promise<void> {
  const { status, stdout, stderr } = await running;
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
}

/** A verifier that was here, and had applied what this database does not know: the others refuse by themselves. */
const REMEMBERED = `INSERT INTO verifier_lease (id, run, epoch, applied, seen_at, bound_seconds, knows_more)
  SELECT 'gone', gen_random_uuid(), epoch, seq + 1000000, now(), 10, true FROM change_head WHERE id = 1`;

/** In this order: what a copy is told becomes the installation whose journal is replayed. */
export const REMEDIES_OF_QUARANTINE: readonly Row[] = [
  undone(
    "where no portal runs, start it first",
    async (scene) => {
      await scene.arrange(REMEMBERED);
      return async () => {
        await journalled(scene, (cause) => cause === "behind" || unexpectedly(cause));
        // The journal cannot know what that verifier did, so a person says that this database holds.
        await done(scene.latchkey(["journal", "dismiss", "--although", ALTHOUGH]));
      };
    },
    { byId: true },
  ),
  undone(
    "Where the journal tells of nothing that is not done again, an administrator can end the quarantine in the portal",
    async (scene) => {
      await begun(scene, "elsewhere");
      return async () => scene.run(endQuarantine, {}, await scene.administrator());
    },
  ),
  undone("for a copy `latchkey journal dismiss`", async (scene) => {
    await begun(scene, "elsewhere");
    return () => done(scene.latchkey(["journal", "dismiss"]));
  }),
  undone("After a restore run `latchkey journal replay`", async (scene) => {
    await journalled(scene);
    await begun(scene, "behind");
    return () => done(scene.latchkey(["journal", "replay"]));
  }),
];
