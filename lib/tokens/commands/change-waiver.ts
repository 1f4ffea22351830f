import { actorName } from "#lib/access/actor-name";
import type { Viewer } from "#lib/access/viewer";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole, inTurn } from "#lib/commands/rules";
import { ok, refuse } from "#lib/errors/error";
import { viewToken } from "#lib/tokens/store";
import { lockToken, type TokenSubject } from "#lib/tokens/store-subject";
import { planWaiver } from "../acting/waiver";
import { changeWaiverInput } from "../schema";

/**
 * Nobody lets a token of their own, or of a service account that they maintain, pass what refuses it; ending a waiver
 * only takes away.
 */
function notForOneself(_actor: Viewer, { standing }: TokenSubject, { until }: { readonly until: number | null }) {
  return until !== null && standing.holder
    ? refuse(
        "forbidden",
        "Nobody gives a waiver to a token of their own, or of an account they maintain: ask another administrator.",
      )
    : ok(undefined);
}

/**
 * Gives a token a waiver, which keeps what the token itself says; ends one now, or lets it end at another time, with
 * what it keeps. Refuses `not_found`, `forbidden`, `ended` where there is nothing to change, `invalid_input` for a time
 * that is past, or beyond ten years.
 */
export const changeWaiver = defineCommand({
  input: changeWaiverInput,
  door: VIEWERS,
  stepUp: true,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: ({ tx, actor }, { id }) => lockToken(tx, actor, id),
  allows: inTurn(byRole("policies.write", "Only administrators change waivers."), notForOneself),
  perform: async ({ tx, actor, now }, { row, rules }, { id, until, why }) => {
    const plan = planWaiver(row, { until, why, by: actorName(actor) }, now);
    if (!plan.ok) return plan;
    const { changes, given } = plan.value;
    await tx.token.update({ where: { id }, data: { ...changes, version: { increment: 1 } }, select: { id: true } });
    const output = await viewToken(tx, actor, { ...row, ...changes, version: row.version + 1 }, rules.policies, now);
    const subject = { id, name: row.name };
    const waiverUntil = until === null ? null : new Date(until).toISOString();
    if (given && waiverUntil !== null) {
      const detail = { before: null, after: { waiverUntil, why } };
      return ok({ output, events: [{ action: "token.waiver-given" as const, subject, detail }] });
    }
    const detail = { before: { waiverUntil: row.waiverUntil?.toISOString() ?? "" }, after: { waiverUntil } };
    return ok({ output, events: [{ action: "token.waiver-changed" as const, subject, detail }] });
  },
  conflicts: {},
});
