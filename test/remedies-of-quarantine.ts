import { system } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { env } from "#lib/env";
import { endQuarantine } from "#lib/journal/commands/end-quarantine";
import { quarantine } from "#lib/journal/commands/quarantine";
import { JournalFiles } from "#lib/journal/files";
import { journalPlace } from "#lib/journal/here";
import { JournalKeeper } from "#lib/journal/keeper";
import type { Cause } from "#lib/journal/standing";
import { outputOf } from "./api";
import type { Scene } from "./remedies";
import { type Row, undone } from "./remedies-rows";

const begun = ({ db }: Scene, cause: Cause) =>
  outputOf(execute(db, quarantine, system("journal"), { cause, latest: null }, Date.now()));

/** Writes down what has ended here so far, as a portal does. */
async function journalled({ db }: Scene): Promise<void> {
  const unexpected = (error: unknown) => {
    if (error !== null) throw new Error("the journal cannot be kept", { cause: error });
  };
  const keeper = new JournalKeeper({
    ...{ db, now: Date.now, url: env().url, by: system("journal"), onRound: unexpected },
    files: new JournalFiles(journalPlace(), "portal"),
    ...{ onQuarantine: unexpected, onDamage: unexpected, onLost: () => unexpected("lost") },
    onLate: unexpected,
  });
  await keeper.round();
}

async function done(running: ReturnType<Scene["latchkey"]>): Promise<void> {
  const { status, stdout, stderr } = await running;
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
}

/** In this order: what a copy is told becomes the installation whose journal is replayed. */
export const REMEDIES_OF_QUARANTINE: readonly Row[] = [
  undone(/an administrator can end the quarantine in the portal\./, async (scene) => {
    await begun(scene, "elsewhere");
    return async () => scene.run(endQuarantine, {}, await scene.administrator());
  }),
  undone(/for a copy `latchkey journal dismiss`/, async (scene) => {
    await begun(scene, "elsewhere");
    return () => done(scene.latchkey(["journal", "dismiss"]));
  }),
  undone(/^After a restore run `latchkey journal replay`/, async (scene) => {
    await journalled(scene);
    await begun(scene, "behind");
    return () => done(scene.latchkey(["journal", "replay"]));
  }),
];
