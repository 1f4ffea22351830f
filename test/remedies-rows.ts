import { type Ask, type Scene, withSecret } from "./remedies";

/** Ways to provoke a refusal and to follow its remedy. */

/** What the answer to the refused request said. */
type Refused = { readonly requestId: string; readonly retryAfter: number };

type Provoked = {
  readonly broken: Partial<Ask>;
  /** What is done before Explain is asked. */
  readonly before?: () => Promise<void>;
  /** Does what Explain says. @returns the request as it is sent from then on */
  readonly mend: (refused: Refused) => Promise<Partial<Ask>>;
  /** Where the gateway that asks gives another key or secret than its own. */
  readonly caller?: { readonly key?: string; readonly secret?: string };
};

/** One way to follow a remedy: where its text names several, each has a row. */
export type Row = {
  /** What of Explain's remedy is followed, word for word; `…` stands for a name. */
  readonly follows: string;
  /**
   * Explained by the id of the request that was refused: Explain consumes nothing, and knows of requests only. Or as if
   * an older verifier had written it down, which kept no kinds of rules: then the catalogue's remedy is told.
   */
  readonly byId?: true | "without kinds";
  /** What is told then in place of what was mended, where that is a refusal too. */
  readonly ends?: "unauthenticated";
  /** How often in a row it is so, where that is more than once. */
  readonly times?: number;
  readonly provoke: (scene: Scene) => Promise<Provoked>;
};

type Data = NonNullable<Parameters<Scene["token"]>[0]>;

/** The same token, another request. */
export const another = (follows: string, broken: Partial<Ask>, good: Partial<Ask> = {}): Row => ({
  follows,
  provoke: async ({ token }) => {
    const headers = withSecret(await token());
    return { broken: { headers, ...broken }, mend: async () => ({ headers, ...good }) };
  },
});

/** The same request, another state of the application. */
export const changed = (
  follows: string,
  before: object,
  after: object,
  ask: (secret: string) => Partial<Ask>,
  data?: Data,
): Row => ({
  follows,
  provoke: async ({ token, application }) => {
    const broken = ask(await token(data));
    await application(before);
    const mend = async () => {
      await application(after);
      return broken;
    };
    return { broken, mend };
  },
});

/** The same request, with another token, which its owner makes. */
export const renewed = (follows: string, data: () => Data, ask: Partial<Ask> = {}): Row => ({
  follows,
  provoke: async ({ token, create }) => ({
    broken: { ...ask, headers: withSecret(await token(data())) },
    mend: async () => ({ ...ask, headers: withSecret(await create()) }),
  }),
});

/** The same request with the same token, once something was undone. @param undone @returns what is done about it */
export const undone = (
  follows: string,
  spoil: (scene: Scene, secret: string) => Promise<() => Promise<unknown>>,
  { byId, ...ask }: Partial<Ask> & Pick<Row, "byId"> = {},
): Row => ({
  follows,
  ...(byId === undefined ? {} : { byId }),
  provoke: async (scene) => {
    const secret = await scene.token();
    const sent = { headers: withSecret(secret), ...ask };
    const mend = await spoil(scene, secret);
    return { broken: sent, mend: async () => mend().then(() => sent) };
  },
});

/** What was refused passes in the place of what would be asked again: with a token of ours. */
export const instead = (follows: string, before: object, broken: () => Partial<Ask>): Row => ({
  follows,
  provoke: async ({ application, create }) => {
    await application(before);
    return { broken: broken(), mend: async () => ({ headers: withSecret(await create()) }) };
  },
});

export const ago = () => new Date(Date.now() - 60_000);
export const BLOCK = (name: string) => ({ rules: { [name]: "block" } });
export const carrying = (authorization: string) => () => ({ headers: { Authorization: authorization } });
export const excepted = (name: string) => ({ exceptions: { [name]: { paths: ["/rest/api/2/myself"] } } });

/** As an older verifier wrote it down. */
export const OLD = { byId: "without kinds" } as const;

/** A token that is asked about alone, where what limits it can only be seen of a request. */
export const alone = (data: () => Data): readonly Row[] => {
  const unseen = (follows: string, mend: (scene: Scene) => Promise<string | undefined>): Row => ({
    follows,
    byId: true,
    provoke: async (scene) => {
      const secret = await scene.token(data());
      const asking = (by: string) => ({ via: "alone" as const, headers: withSecret(by) });
      return { broken: asking(secret), mend: async () => asking((await mend(scene)) ?? secret) };
    },
  });
  return [
    unseen("Introspection shows no request. Let the application count tokens that are limited so", async (scene) => {
      await scene.application({ introspectRestricted: true });
      return undefined;
    }),
    unseen("use one that is not", ({ create }) => create()),
  ];
};
