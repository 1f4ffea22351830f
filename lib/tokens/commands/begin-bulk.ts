import { actorName } from "#lib/access/actor-name";
import { defineCommand } from "#lib/commands/command";
import { ok, type Result, refuse } from "#lib/errors/error";
import { MOST_AT_ONCE, MOST_RUNNING, operationView } from "#lib/operations/operation";
import { countRunning, insertOperation } from "#lib/operations/store";
import { bulkInput, isEnd, wishOf } from "../bulk/schema";
import { countedRight } from "../bulk/size";
import type { Restrictions } from "../restrictions/restrictions";
import { filterWords } from "../search/filter-words";
import { readied } from "../store-breaches";
import { actsOnSome, chosenIds, ownLast } from "../store-choice";

const MOST_WORDS = `${MOST_RUNNING} of your operations are going on. Wait until one of them has finished.`;

const ITS_REQUEST = "A token with paths, headers or times of its own begins nothing that goes on after its request.";

/** What of a token can be judged of a request only, and not of what goes on after it (lib/auth/operation-viewer.ts). */
const endsWithItsRequest = ({ headerConditions, pathRules, timeWindow }: Restrictions): boolean =>
  headerConditions.length > 0 || pathRules.length > 0 || timeWindow !== null;

/**
 * Begins to do something to many tokens: notes what, to which (taken now) and by whom. Each has its turn afterwards,
 * as if it were done to that one alone (`continueBulk`), whether or not anybody waits for it.
 */
export const beginBulk = defineCommand({
  input: bulkInput,
  door: ["session", "token"],
  whileRestored: ({ action }) => isEnd(action),
  stepUp: true,
  administration: "untouched",
  prepare: async ({ db, now }, { filter = {} }) => ok(await readied(db, filter, now)),
  subject: async ({ tx, actor, now }, input) => {
    // Of two that would be the last one, the second waits and counts the first.
    await tx.$executeRaw`SELECT id FROM users WHERE id = ${actor.userId}::uuid FOR NO KEY UPDATE`;
    return ok({
      ids: await ownLast(tx, actor, await chosenIds(tx, actor, input, now)),
      acts: await actsOnSome(tx, actor, input.action),
      running: await countRunning(tx, actor.userId),
    });
  },
  allows: (actor, { ids, acts, running }, { expected, dryRun }): Result<undefined> => {
    if (dryRun) return refuse("invalid_input", "Ask what it would do before you begin it.");
    if (actor.kind === "token" && endsWithItsRequest(actor.narrowing)) return refuse("forbidden", ITS_REQUEST);
    if (!acts) return refuse("forbidden", "No delegation lets you do this to tokens of others.");
    if (expected === undefined) {
      const message = "Send how many tokens you expect, as the preview counts them.";
      return refuse("invalid_input", message, [{ path: "expected", message }]);
    }
    const right = countedRight(ids.length, expected, MOST_AT_ONCE);
    if (!right.ok) return right;
    return running < MOST_RUNNING ? ok(undefined) : refuse("too_many_requests", MOST_WORDS);
  },
  perform: async ({ tx, actor, now }, { ids }, input) => {
    const { action, ...fields } = wishOf(input);
    const row = await insertOperation(
      tx,
      {
        ...{ action, fields, tokenIds: [...ids], address: actor.address },
        ...{ makerId: actor.userId, makerName: actorName(actor) },
        ...(actor.kind === "session" ? { sessionId: actor.sessionId } : { tokenId: actor.tokenId }),
      },
      now,
    );
    const filter = input.filter === undefined ? null : filterWords(input.filter);
    const after = { operation: row.id, action, matched: ids.length, filter };
    const subject = { id: null, name: `${ids.length} tokens` };
    // It holds nowhere yet.
    const { enforcement: _none, ...output } = operationView(row, null);
    return ok({
      output,
      events: [{ action: "token.bulk-begun", subject, detail: { before: null, after } }],
    });
  },
  conflicts: {},
});
