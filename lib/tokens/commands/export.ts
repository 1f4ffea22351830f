import { z } from "zod";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { ok, refuse } from "#lib/errors/error";
import { TOKEN_FILTERS } from "../search/filter";
import { filterWords } from "../search/filter-words";
import { managesSome } from "../store";

export const exportTokensInput = z.strictObject(TOKEN_FILTERS);

/** Notes that somebody takes the list of tokens away as a file; what is in it `exportedTokens` reads. */
export const exportTokens = defineCommand({
  input: exportTokensInput,
  door: VIEWERS,
  reads: true,
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }) => ok(await managesSome(tx, actor)),
  allows: (_actor, manages) => (manages ? ok(undefined) : refuse("forbidden", "You manage nobody's tokens.")),
  perform: async (_context, _subject, filter) => {
    const after = { filter: filterWords(filter) };
    const event = {
      action: "token.exported" as const,
      subject: { id: null, name: "tokens" },
      detail: { before: null, after },
    };
    return ok({ output: { filter }, events: [event] });
  },
  conflicts: {},
});
