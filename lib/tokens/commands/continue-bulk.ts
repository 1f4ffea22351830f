import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { ok, refuse } from "#lib/errors/error";
import { type OperationRow, operationView } from "#lib/operations/operation";
import { noteTurn, takeTurn } from "#lib/operations/store";
import { planBulk, together } from "../bulk/plan";
import { isEnd, turnInput, wishOfOperation } from "../bulk/schema";
import { writeTo } from "../store-acts";
import { lockMany } from "../store-bulk";
import { voidClaims } from "../store-claims";

/** That an operation is over, for the log. @param why nothing was done any more, if so */
export const finished = ({ id, action, position, refusedCount }: OperationRow, why: string | null) => {
  const after = { operation: id, action, done: position - refusedCount, refused: refusedCount, why };
  const subject = { id: null, name: `${position} tokens` };
  return { action: "token.bulk-finished" as const, subject, detail: { before: null, after } };
};

/**
 * Does to the next tokens of an operation what it is for, as whoever began it and by the rules of now. The tokens, what
 * the log says of each, and how far the operation has come are one transaction: nothing is done twice, and after a
 * crash it goes on where it was. Refuses `not_found` where nothing is left, or somebody else works on it.
 */
export const continueBulk = defineCommand({
  input: turnInput,
  door: ["session", "token"],
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor, now }, { id, most }) => {
    const turn = await takeTurn(tx, id, most);
    if (turn === null || turn.makerId !== actor.userId) return refuse("not_found", "There is nothing to go on with.");
    return ok({ turn, wish: wishOfOperation(turn), many: await lockMany(tx, actor, turn.ids, now) });
  },
  // Also an operation that the backup brought back: it goes on if it is an end.
  whileRestored: (_input, { wish }) => isEnd(wish.action),
  allows: (_actor, { wish, many }, _input, now) => ok(planBulk(wish, many, now)),
  perform: async ({ tx, actor, now, permitted }, { turn, wish }) => {
    for (const each of together(permitted.writes)) await writeTo(tx, each);
    const ended = wish.action === "revoke" ? permitted.changed : [];
    const why = { actor, why: "the token was revoked", now };
    const voided = ended.length === 0 ? [] : await voidClaims(tx, { id: { in: [...ended] } }, why);
    const row = await noteTurn(tx, turn, permitted.refused, now);
    const output = operationView(row, null);
    const events = [...permitted.events, ...voided, ...(row.finishedAt === null ? [] : [finished(row, null)])];
    const [first, ...rest] = events;
    // No token was changed: that they were refused is told when it has finished.
    return ok(first === undefined ? { output, repeated: true } : { output, events: [first, ...rest] });
  },
  conflicts: {},
});
