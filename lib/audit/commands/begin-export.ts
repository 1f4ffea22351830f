import { exportQuery } from "#lib/audit/parameters";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole } from "#lib/commands/rules";
import { ok } from "#lib/errors/error";

/**
 * Notes that somebody takes events out of the house, and up to which: what comes later is not part of it.
 * Refuses `forbidden`. @returns what was asked for, and `until`, the sequence of the last event exported at most
 */
export const beginExport = defineCommand({
  input: exportQuery,
  door: VIEWERS,
  reads: true,
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx }) =>
    ok(await tx.changeHead.findUniqueOrThrow({ where: { id: 1 }, select: { auditSeq: true } })),
  allows: byRole("audit.read", "The audit log is for administrators and auditors."),
  perform: async (_context, { auditSeq }, query) => {
    const { format, ...filter } = query;
    const until = auditSeq.toString();
    const given = Object.fromEntries(Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : [])));
    const detail = { before: null, after: { format, filter: given, until } };
    return ok({
      output: { query, until },
      events: [{ action: "log.exported", subject: { id: null, name: "audit log" }, detail }],
    });
  },
  conflicts: {},
});
