import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { ok } from "#lib/errors/error";
import { readInstallationFacts } from "#lib/verification/facts/portal";
import { planItself } from "../acting/plan-rotation";
import { itselfView, type MadeItself } from "../itself";
import { holderOf } from "../row";
import { rotateTokenInput } from "../schema";
import { ROTATED_TWICE, writeSuccessor } from "../store-rotation";
import { readTokenLocked, TOKEN_NOT_FOUND } from "../store-subject";

export const rotateItselfInput = rotateTokenInput.omit({ id: true });

/**
 * A token replaces its own secret, where its owner's tier lets it: the successor is the same and lasts no longer. The
 * owner is told, since whoever has stolen a secret would do this too.
 */
export const rotateItself = defineCommand({
  input: rotateItselfInput,
  door: ["itself"],
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }) => {
    const row = await readTokenLocked(tx, actor.tokenId);
    if (row === null) return TOKEN_NOT_FOUND;
    return ok({ row, owner: holderOf(row.owner), rules: await readInstallationFacts(tx) });
  },
  allows: (_token, subject, _input, now) => planItself(subject, now),
  perform: async ({ tx, actor, now, permitted: wish }, { row: old, rules: { policies } }, { overlap }) => {
    const { token, secret, events } = await writeSuccessor(tx, { actor, old, wish, overlap, policies }, now);
    // Not before its secret has rested.
    const output: MadeItself = { token: itselfView(token, false), secret };
    return ok({ output, events });
  },
  conflicts: ROTATED_TWICE,
});
