import type { Replacement } from "#test/replaced-text";
import { ENDINGS } from "./ending-scenarios";
import { HISTORY } from "./history-scenarios";
import type { FaultHouse } from "./house";
import { PROCESS } from "./process-scenarios";
import { RACES } from "./race-scenarios";
import { RULES } from "./rule-scenarios";
import { DATABASE, type Scenario, WIRE } from "./scenarios";

/** A mistake in a real verifier, or in the database beside it, and what the oracle says of it. */
export type Mutant = {
  readonly replaced?: readonly Replacement[];
  /** Plants it in the database. @returns uproots it */
  readonly plant?: (house: FaultHouse) => Promise<() => Promise<void>>;
  readonly story: keyof typeof STORIES;
  readonly found: RegExp;
};

const STORIES: Readonly<Record<string, Scenario>> = {
  ...RACES,
  ...WIRE,
  ...DATABASE,
  ...PROCESS,
  ...ENDINGS,
  ...RULES,
  ...HISTORY,
};

/** The story of a mutant. */
export function storyOf({ story }: Mutant): Scenario {
  const scenario = STORIES[story];
  if (scenario === undefined) throw new Error(`There is no story in which ${story}`);
  return scenario;
}

const FENCE = "lib/verification/facts/fence.ts";
const IN_ORDER = "UPDATE change_head SET seq = seq + 1 WHERE id = 1 RETURNING seq INTO moved;";

/** Sequences are given before the commit, to whoever asks, and the head is the largest that can be seen. */
async function giveSequencesEarly(house: FaultHouse): Promise<() => Promise<void>> {
  const [row] = await house.asOwner("SELECT pg_get_functiondef('latchkey_move_head'::regproc)");
  const inOrder = String(row?.[0]);
  const early = inOrder.replace(IN_ORDER, "SELECT nextval('given') INTO moved;");
  if (early === inOrder) throw new Error("latchkey_move_head does not say what is to be replaced");
  await house.asOwner(
    "CREATE SEQUENCE given",
    "SELECT setval('given', seq) FROM change_head",
    early,
    "ALTER TABLE change_head RENAME TO kept_head",
    `CREATE VIEW change_head AS
      SELECT id, epoch, (SELECT max(seq) FROM changes) AS seq, audit_seq, audit_hash, succeeds FROM kept_head`,
    "GRANT SELECT, UPDATE ON change_head TO PUBLIC",
  );
  return async () => {
    await house.asOwner(
      "UPDATE kept_head SET seq = (SELECT max(seq) FROM changes)",
      ...["DROP VIEW change_head", "ALTER TABLE kept_head RENAME TO change_head", inOrder, "DROP SEQUENCE given"],
    );
  };
}

/** By what was before, of a verifier that has acknowledged what is now or of one that was not heard. */
const STILL = /said 200: (it had acknowledged|the bound was over)/;
/** The same of one that lets in or refuses by it, as it happened to begin. */
const ALWAYS = /said (200|403): (it had acknowledged|the bound was over)/;

/** Mistakes that take their time to show, need their moment, or are like others: `npm run faults` alone waits for them. */
export const SLOW_MUTANTS: Readonly<Record<string, Mutant>> = {
  "that tries to connect every ten seconds only": {
    replaced: [
      {
        file: "lib/verification/facts/kept-connection.ts",
        text: "const PAUSE_MS = 200;",
        by: "const PAUSE_MS = 10_000;",
      },
    ],
    story: "PostgreSQL is killed, and started again",
    found: /said 503 .*: there was nothing that it could not decide/,
  },
  "that ends at once when it is told to": {
    replaced: [
      { file: "server/ending.ts", text: "export const LAME_DUCK_MS = 5_000;", by: "export const LAME_DUCK_MS = 50;" },
    ],
    story: "is told to end while it pulls",
    found: /said 0: that is no answer/,
  },
  "that remembers where a network was": {
    replaced: [
      {
        file: "lib/networks/range-set.ts",
        text: "(networks.get(entry)?.ranges ?? [])",
        by: "((globalThis.was ??= {})[entry] ??= networks.get(entry)?.ranges ?? [])",
      },
    ],
    story: "the network that a token is bound to moves away, and grows until it is here again",
    found: ALWAYS,
  },
};

/** Every mistake that would make the whole protocol worthless. */
export const MUTANTS: Readonly<Record<string, Mutant>> = {
  "whose look-ups pass no fence": {
    replaced: [
      {
        file: FENCE,
        text: "return ticket.generation === this.#generation && timeline === this.#timeline && asOf >= this.#floor;",
        by: "return true;",
      },
      { file: FENCE, text: "return seq === undefined || asOf >= seq;", by: "return true;" },
    ],
    story: "a token is revoked while a look-up of it is under way",
    found: /said 200: it had acknowledged/,
  },
  "whose sequences are given before the commit": {
    plant: giveSequencesEarly,
    story: "a token is revoked, and a change that began later is done first, or waits",
    found: /said 200: it had acknowledged/,
  },
  "that believes its facts for longer than it says": {
    replaced: [
      {
        file: "lib/verification/facts/confirmation.ts",
        text: "this.boundMs = boundMs;",
        by: "this.boundMs = 2 * boundMs;",
      },
    ],
    story: "one verifier hears nothing any more",
    found: /said 200: the bound was over/,
  },
  "that goes on by a database that does not know what it has applied": {
    replaced: [
      {
        file: "lib/verification/propagation/propagation.ts",
        text: `if (why !== null) return { kind: "wait", why };`,
        by: `if (why !== null) return { kind: "restart", why: "timeline" };`,
      },
    ],
    story: "an older backup is restored beneath running verifiers, and only later a portal looks",
    found: /said 200: it had acknowledged/,
  },
  "that keeps the rules it began with": {
    replaced: [
      {
        file: "lib/verification/facts/facts.ts",
        text: "this.#installation = facts === null",
        by: "this.#installation ??= facts === null",
      },
    ],
    story: "its tier lets no token be used, and lets them again",
    found: STILL,
  },
  "that keeps what it knows of a token": {
    replaced: [
      {
        file: "lib/verification/facts/cache.ts",
        text: "this.#tokens.delete(key);\n      this.#unknown",
        by: "this.#unknown",
      },
    ],
    story: "its tier lets tokens only read, and what they lost by that does not come back",
    found: STILL,
  },
  "that says 401 where it cannot decide": {
    replaced: [
      {
        file: "lib/verification/reason.ts",
        text: `step: "any",\n    status: 503,`,
        by: `step: "any",\n    status: 401,`,
      },
    ],
    story: "one verifier hears nothing any more",
    found: /said 401: nobody had ended the token/,
  },
  "that gives everything up with its first lost connection": {
    replaced: [
      {
        file: "lib/verification/facts/facts.ts",
        text: 'onDown: (error) => log.warn("facts.disconnected", { error }),',
        by: 'onDown: (error) => (this.#confirmation.lost(), log.warn("facts.disconnected", { error })),',
      },
    ],
    story: "PostgreSQL has no connection left for verifiers",
    found: /said 503 .*: it knew the token, and that was confirmed/,
  },
  "that waits for the database for as long as it takes": {
    replaced: [
      {
        file: "lib/verification/facts/patience.ts",
        text: "queryMs: 60, connectMs: 60",
        by: "queryMs: 5e3, connectMs: 60",
      },
      {
        file: "server/verifier/judge.ts",
        text: "export const DEADLINE_MS = 150;",
        by: "export const DEADLINE_MS = 5_000;",
      },
      { file: "lib/verification/facts/loader.ts", text: "const HUNG_MS = 1_000;", by: "const HUNG_MS = 5_000;" },
    ],
    story: "only look-ups have a slow way to the database",
    found: /said (0: that is no answer|\d+ after \d+ ms, .*: that is late)/,
  },
  "that allows by what it learned before anybody had seen it": {
    replaced: [
      {
        file: "lib/verification/facts/confirmation.ts",
        text: "|| this.#pulled.mono <= this.#seenFrom) return",
        by: ") return",
      },
      // Whoever changes something on a busy machine needs longer than it waits for its lease.
      {
        file: "lib/verification/propagation/lease.ts",
        text: "const TIMEOUT_MS = 1_000;",
        by: "const TIMEOUT_MS = 5_000;",
      },
    ],
    story: "a verifier begins, and the settings change while nobody has seen it yet",
    found: /said 200: the bound was over/,
  },
};
