import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole } from "#lib/commands/rules";
import { ok, refuse } from "#lib/errors/error";
import { viewToken } from "#lib/tokens/store";
import { lockToken } from "#lib/tokens/store-subject";
import { changeWaiverInput } from "../schema";

const NO_WAIVER = {
  ...{ waiverUntil: null, waiverBy: null, waiverWhy: null, waiverAccess: null },
  ...{ waiverAllApplications: false, waiverApplications: [], waiverIpRanges: [] },
};

/**
 * Ends the waiver of a token now, or lets it end at another time; what it keeps stays. Refuses `not_found`, `forbidden`,
 * `ended` where there is none (any more), `invalid_input` for a time that is past.
 */
export const changeWaiver = defineCommand({
  input: changeWaiverInput,
  door: VIEWERS,
  stepUp: true,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: ({ tx, actor }, { id }) => lockToken(tx, actor, id),
  allows: byRole("policies.write", "Only administrators change waivers."),
  perform: async ({ tx, now }, { row, rules }, { id, until }) => {
    const { waiverUntil } = row;
    if (waiverUntil === null || waiverUntil.getTime() <= now) return refuse("ended", "It holds no waiver any more.");
    if (until !== null && until <= now) {
      const message = "This lies in the past: choose a later date.";
      return refuse("invalid_input", message, [{ path: "until", message }]);
    }
    const changes = until === null ? NO_WAIVER : { waiverUntil: new Date(until) };
    await tx.token.update({ where: { id }, data: { ...changes, version: { increment: 1 } }, select: { id: true } });
    const output = await viewToken(tx, { ...row, ...changes, version: row.version + 1 }, rules.policies, now);
    const after = { waiverUntil: until === null ? null : new Date(until).toISOString() };
    const detail = { before: { waiverUntil: waiverUntil.toISOString() }, after };
    return ok({ output, events: [{ action: "token.waiver-changed", subject: { id, name: row.name }, detail }] });
  },
  conflicts: {},
});
