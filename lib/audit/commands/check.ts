import { z } from "zod";
import { chainReport } from "#lib/audit/chain";
import { walkChain } from "#lib/audit/store-chain";
import { defineCommand, nothingToFind, whoeverCame } from "#lib/commands/command";
import { ok } from "#lib/errors/error";

/**
 * Checks the whole log and lets it tell that, whatever was found: who reads it later knows up to which event it was
 * whole. The operator's, because it reads every event there is.
 */
export const checkLog = defineCommand({
  input: z.strictObject({}),
  door: ["cli"],
  stepUp: false,
  administration: "untouched",
  prepare: async ({ db, now }) => ok(await walkChain(db, null, now)),
  subject: nothingToFind,
  allows: whoeverCame,
  perform: async ({ prepared }) => {
    const broken = prepared.firstBad?.seq.toString() ?? null;
    const detail = { before: null, after: { through: prepared.through.toString(), broken } };
    return ok({
      output: chainReport(prepared),
      events: [{ action: "log.checked", subject: { id: null, name: "audit log" }, detail }],
    });
  },
  conflicts: {},
});
