import { z } from "zod";
import { defineCommand, nothingToPrepare, whoeverCame } from "#lib/commands/command";
import { ok, refuse } from "#lib/errors/error";
import { MOST_AT_ONCE, operationView } from "#lib/operations/operation";
import { noteTurn, takeTurn } from "#lib/operations/store";
import { operationInput } from "../bulk/schema";
import { finished } from "./continue-bulk";

/** Why the rest is not done: whoever began it may not any more, or it broke down. */
const WHY = {
  forbidden: "Whoever began it may not go on: deactivated, signed out by somebody, or their token has ended.",
  unavailable: "It was interrupted by a mistake of Latchkey's. Begin it again for what is left.",
} as const;

export const stopBulkInput = operationInput.extend({ code: z.enum(["forbidden", "unavailable"]) });

/** Ends an operation that cannot go on: what has not had its turn is refused, and it says why. */
export const stopBulk = defineCommand({
  input: stopBulkInput,
  door: ["system"],
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx }, { id }) => {
    const turn = await takeTurn(tx, id, MOST_AT_ONCE);
    return turn === null ? refuse("not_found", "There is nothing to stop.") : ok(turn);
  },
  allows: whoeverCame,
  perform: async ({ tx, now }, turn, { code }) => {
    const detail = WHY[code];
    const refused = turn.ids.map((id) => ({ id, code, detail }));
    const row = await noteTurn(tx, turn, refused, now);
    return ok({ output: operationView(row, null), events: [finished(row, detail)] });
  },
  conflicts: {},
});
