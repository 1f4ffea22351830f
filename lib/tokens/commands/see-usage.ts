import { z } from "zod";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { ok, refuse } from "#lib/errors/error";
import { id } from "#lib/fields";
import { visibleTokens } from "../store";
import { readUsage } from "../store-usage";

export const seeUsageInput = z.strictObject({ id });

/**
 * How a token is used: calls, addresses, clients, refusals. That is about a person, so who looks at somebody else's
 * stands in the log; a service account is nobody.
 */
export const seeUsage = defineCommand({
  input: seeUsageInput,
  door: VIEWERS,
  reads: true,
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }, input) => {
    const token = await tx.token.findFirst({
      where: { AND: [await visibleTokens(tx, actor), { id: input.id }] },
      select: {
        ...{ id: true, name: true, rotatedFromId: true, supersededAt: true },
        owner: { select: { id: true, username: true, kind: true } },
      },
    });
    return token === null ? refuse("not_found", "There is no such token, or none that you may see.") : ok(token);
  },
  allows: () => ok(undefined),
  perform: async ({ tx, actor, now }, token) => {
    const output = await readUsage(tx, token, now);
    const { owner } = token;
    if (owner.kind === "service" || ("userId" in actor && owner.id === actor.userId))
      return ok({ output, unnoted: true });
    const detail = { before: null, after: { owner: owner.username } };
    const event = { action: "token.usage-seen" as const, subject: { id: token.id, name: token.name }, detail };
    return ok({ output, events: [event] });
  },
  conflicts: {},
});
