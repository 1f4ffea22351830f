import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { env } from "#lib/env";
import { ok, refuse } from "#lib/errors/error";
import { replay } from "#lib/jobs/replay";
import { endQuarantine } from "#lib/journal/commands/end-quarantine";
import { JournalFiles } from "#lib/journal/files";
import { missingEnds, readQuarantine } from "#lib/journal/queries";
import { verb } from "./verb";

const NOTHING_IN_A_COPY =
  "A copy has nothing to replay. If this copy may serve, end the quarantine with journal dismiss.";

const journals = () => new JournalFiles(env().dataFolder, "cli");
const linesAbout = async (installationId: string) => (await journals().read(installationId)).lines;

export const journal = {
  show: verb({
    about: "Whether the installation is in quarantine, and why",
    options: {},
    run: (_given, desk) => desk.ask((viewer) => readQuarantine(viewer)),
  }),
  replay: verb({
    about: "After a backup was restored: end again what the journal says has ended since, and then the quarantine",
    options: {},
    run: (_given, desk) =>
      desk.ask(async (viewer) => {
        const state = await readQuarantine(viewer);
        if (!state.ok) return state;
        if (!state.value.quarantined) return refuse("ended", "There is no quarantine, so nothing is missing.");
        if (state.value.cause === "elsewhere") return refuse("not_found", NOTHING_IN_A_COPY);
        const missing = await missingEnds(viewer, linesAbout);
        return missing.ok ? replay(database(), viewer, missing.value, now) : missing;
      }),
    fails: (answer) => "quarantined" in answer && answer.quarantined === true,
  }),
  dismiss: verb({
    about: "End the quarantine as it is: this database is the one that holds",
    options: {},
    run: (_given, desk) => desk.run(endQuarantine, ok({})),
  }),
};
