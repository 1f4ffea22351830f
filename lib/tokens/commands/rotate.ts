import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { ok } from "#lib/errors/error";
import { lockToken } from "#lib/tokens/store-subject";
import { planRotation } from "../acting/plan-rotation";
import type { Made } from "../made";
import { rotateTokenInput } from "../schema";
import { ROTATED_TWICE, writeSuccessor } from "../store-rotation";

/** Replaces a secret: a successor with the same properties, and an overlap in which the old one still works. */
export const rotateToken = defineCommand({
  input: rotateTokenInput,
  door: VIEWERS,
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: ({ tx, actor }, { id }) => lockToken(tx, actor, id),
  allows: (viewer, subject, _input, now) => planRotation({ ...subject, viewer }, now),
  perform: async ({ tx, actor, now, permitted: wish }, { row: old, rules: { policies } }, { overlap }) => {
    const { token, secret, events } = await writeSuccessor(tx, { actor, old, wish, overlap, policies }, now);
    const output: Made = { token, secret };
    return ok({ output, events });
  },
  conflicts: ROTATED_TWICE,
});
