import type { VerifierProcess } from "#test/verifier-program";
import type { DatabaseProxy } from "./database-proxy";
import type { Scene } from "./remedies";
import type { Replacement } from "./replaced-text";
import { waitUntil } from "./upstreams/wait-until";

type Answered = { readonly status: number; readonly requestId: string };

/** A verifier with a wire of its own to the database, and what can be done to both. */
export type Stage = Scene & {
  readonly wire: DatabaseProxy;
  /** Lets a verifier take the place of the one before. */
  readonly begin: (
    env?: Readonly<Record<string, string>>,
    mistake?: readonly Replacement[],
  ) => Promise<VerifierProcess>;
  readonly ask: (secret: string) => Promise<Answered>;
  /** What the command line prints for LATCHKEY_ASSERTION_SECRET. */
  readonly derive: () => Promise<string>;
  /** What the verifiers have logged. */
  readonly log: () => string;
};

type Provoked = {
  /** Asks so that it is refused; a busy machine may miss the moment. */
  readonly ask: () => Promise<Answered>;
  /** Does what Explain says. @returns the secret with which a request passes from then on */
  readonly mend: (requestId: string) => Promise<string>;
};

type Row = { readonly follows: string; readonly provoke: (stage: Stage) => Promise<Provoked> };

const DEADLINE_MS = 150;

/** With the same token again, once something was done. */
const afterwards = (secret: string, act: () => unknown) => async () => {
  await act();
  return secret;
};

type Otherwise = {
  readonly identity?: string;
  /** What is done in place of an upgrade. @returns the secret that passes */
  readonly instead?: (stage: Stage, secret: string) => Promise<string>;
};

/** A verifier that lacks something of today's, as one of another version does; then comes one of today. */
const replaced = (
  follows: string,
  mistake: Replacement,
  some: Parameters<Scene["token"]>[0],
  { identity = "none", instead }: Otherwise = {},
): Row => ({
  follows,
  provoke: async (stage) => {
    const { begin, application, token, ask } = stage;
    await application({ identity });
    await begin({}, [mistake]);
    const secret = await token(some);
    const mend = instead === undefined ? afterwards(secret, () => begin()) : () => instead(stage, secret);
    return { ask: () => ask(secret), mend };
  },
});

const WITHOUT_PATHS = { file: "lib/tokens/restrictions/enforced.ts", text: '"path_rules",', by: "" };
const WITHOUT_HEADER = {
  ...{ file: "lib/verification/checks/rights.ts", text: 'case "header": {' },
  by: 'case "a later one" as never: {',
};

/** A verifier that gets no processor whenever it has asked its database, until the time is over; the answer is there by then. */
async function stalled({ begin, token, ask, wire }: Stage) {
  const verifier = await begin();
  const secrets: string[] = [];
  const late = async () => {
    const secret = await token();
    secrets.push(secret);
    const isSaid = wire.stopAt("latchkey_load_tokens");
    const askedAt = Date.now();
    const answer = ask(secret);
    await isSaid;
    verifier.signal("SIGSTOP");
    wire.resume();
    await waitUntil("the end of its time", () => Date.now() - askedAt > 2 * DEADLINE_MS || undefined);
    verifier.signal("SIGCONT");
    return answer;
  };
  return { late, secrets };
}

/** What becomes of a verifier and its line to the database, and is mended there. Explain knows by the request's id. */
export const REMEDIES_OF_VERIFIERS = {
  undecided: {
    follows:
      "Look for the request id in the verifier's log, which has what was thrown; go on with a version without the mistake",
    provoke: async ({ begin, token, ask, log }) => {
      const file = "lib/verification/checks/token.ts";
      const text = 'if (c.found === undefined) throw new Error("the look-up has not answered");';
      await begin({}, [{ file, text, by: 'throw new Error("a mistake of this version");' }]);
      const secret = await token();
      const thrownFor = (id: string) => log().match(`"requestId":"${id}".*a mistake of this version`);
      const mend = async (requestId: string) => {
        await waitUntil("what was thrown, in the log", () => thrownFor(requestId) ?? undefined);
        await begin();
        return secret;
      };
      return { ask: () => ask(secret), mend };
    },
  },
  deadline_exceeded: [
    {
      follows: "Ask again",
      provoke: async (stage) => {
        const { late, secrets } = await stalled(stage);
        return { ask: late, mend: async () => secrets.at(-1) ?? "" };
      },
    },
    {
      follows: "If it stays so, see what keeps the verifier: a busy processor, or a machine that stands still",
      provoke: async (stage) => {
        const { late } = await stalled(stage);
        const mend = async () => {
          const again = await late();
          if (again.status !== 503) throw new Error("It did not stay so");
          return stage.token();
        };
        return { ask: late, mend };
      },
    },
  ],
  facts_unavailable: {
    follows: "Bring the database back; the verifier recovers by itself",
    provoke: async ({ begin, token, ask, wire }) => {
      await begin();
      await known(ask, await token());
      const secret = await token();
      wire.hang("load");
      return { ask: () => ask(secret), mend: afterwards(secret, () => wire.resume()) };
    },
  },
  facts_unconfirmed: {
    follows: "Bring the database back; the verifier recovers by itself",
    provoke: async ({ begin, token, ask, wire }) => {
      await begin({ CONFIRMATION_BOUND_SECONDS: "2" });
      const secret = await token();
      await known(ask, secret);
      wire.hang("pull");
      return { ask: () => ask(secret), mend: afterwards(secret, () => wire.resume()) };
    },
  },
  assertion_unavailable: {
    follows: "Give the verifier LATCHKEY_ASSERTION_SECRET, as `latchkey key derive --purpose assertion` prints it",
    provoke: async ({ begin, application, token, ask, derive }) => {
      await application({ identity: "jwt" });
      await begin();
      const secret = await token();
      const mend = async () => begin({ LATCHKEY_ASSERTION_SECRET: await derive() });
      return { ask: () => ask(secret), mend: afterwards(secret, mend) };
    },
  },
  restriction_unknown: [
    replaced("Upgrade the verifier", WITHOUT_PATHS, { pathRules: ["GET /rest/**"] }),
    replaced(
      "create a token without it",
      WITHOUT_PATHS,
      { pathRules: ["GET /rest/**"] },
      { instead: (on) => on.create() },
    ),
  ],
  identity_unsupported: [
    replaced("Upgrade the verifier", WITHOUT_HEADER, {}, { identity: "header" }),
    replaced(
      "choose another identity mode for the application",
      WITHOUT_HEADER,
      {},
      {
        identity: "header",
        instead: (on, secret) => afterwards(secret, () => on.application({ identity: "none" }))(),
      },
    ),
  ],
} as const satisfies Record<string, Row | readonly Row[]>;

/** What a verifier mends, or its line to the database. */
export type ReasonOfVerifier = keyof typeof REMEDIES_OF_VERIFIERS;

const known = (ask: Stage["ask"], secret: string) =>
  waitUntil("a token that is known", async () => ((await ask(secret)).status === 200 ? true : undefined));
