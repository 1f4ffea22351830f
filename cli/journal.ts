import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { env } from "#lib/env";
import { ok, refuse } from "#lib/errors/error";
import { replay } from "#lib/jobs/replay";
import { endQuarantine } from "#lib/journal/commands/end-quarantine";
import { journalsHere } from "#lib/journal/here";
import { ALTHOUGH } from "#lib/journal/left";
import { missingEnds, readQuarantine } from "#lib/journal/queries";
import { optional } from "./option";
import { verb } from "./verb";

const WHOSE_ADDRESS =
  "The database is bound to the address that it gets here, and LATCHKEY_URL is not set: set it to the address of the portal, as the portal has it.";

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
        const missing = await missingEnds(viewer, journalsHere);
        return missing.ok ? replay(database(), viewer, missing.value, now) : missing;
      }),
    fails: (answer) => "quarantined" in answer && answer.quarantined === true,
  }),
  dismiss: verb({
    about: "End the quarantine as it is: this database is the one that holds",
    options: { although: optional("WORD", `end it although the journal tells of more: "${ALTHOUGH}"`) },
    run: async ({ although }, desk) => {
      const state = await desk.ask((viewer) => readQuarantine(viewer));
      if (!state.ok) return state;
      if (state.value.cause === "elsewhere" && !env().urlIsGiven) return refuse("invalid_input", WHOSE_ADDRESS);
      return desk.run(endQuarantine, ok({ although }));
    },
  }),
};
