import { type Ask, type Scene, withSecret } from "./remedies";

/** Ways to provoke a refusal and to follow its remedy. */

type Provoked = {
  readonly broken: Partial<Ask>;
  /** Does what Explain says. @returns the request as it is sent from then on */
  readonly mend: () => Promise<Partial<Ask>>;
  /** What is done before Explain is asked. */
  readonly before?: () => Promise<void>;
  /** Where the gateway shows another secret than its own. */
  readonly gatewaySecret?: string;
};

/** One way to follow a remedy: where its text names several, each has a row. */
export type Row = {
  /** What of Explain's remedy is followed. */
  readonly says: RegExp;
  /** Explain consumes nothing, so what is too often is explained by the id of the request that was refused. */
  readonly byId?: true;
  readonly provoke: (scene: Scene) => Promise<Provoked>;
};

/** The same token, another request. */
export const another = (says: RegExp, broken: Partial<Ask>, good: Partial<Ask> = {}): Row => ({
  says,
  provoke: async ({ token }) => {
    const headers = withSecret(await token());
    return { broken: { headers, ...broken }, mend: async () => ({ headers, ...good }) };
  },
});

/** The same request, another state of the application. */
export const changed = (says: RegExp, before: object, after: object, ask: (secret: string) => Partial<Ask>): Row => ({
  says,
  provoke: async ({ token, application }) => {
    const broken = ask(await token());
    await application(before);
    const mend = async () => {
      await application(after);
      return broken;
    };
    return { broken, mend };
  },
});

type Data = NonNullable<Parameters<Scene["token"]>[0]>;

/** The same request, with another token, which its owner makes. */
export const renewed = (says: RegExp, data: () => Data, ask: Partial<Ask> = {}): Row => ({
  says,
  provoke: async ({ token, create }) => ({
    broken: { ...ask, headers: withSecret(await token(data())) },
    mend: async () => ({ ...ask, headers: withSecret(await create()) }),
  }),
});

/** The same request with the same token, once something was undone. @param undone @returns what is done about it */
export const undone = (
  says: RegExp,
  spoil: (scene: Scene, secret: string) => Promise<() => Promise<unknown>>,
  { byId, ...ask }: Partial<Ask> & Pick<Row, "byId"> = {},
): Row => ({
  says,
  ...(byId === undefined ? {} : { byId }),
  provoke: async (scene) => {
    const secret = await scene.token();
    const sent = { headers: withSecret(secret), ...ask };
    const mend = await spoil(scene, secret);
    return { broken: sent, mend: async () => mend().then(() => sent) };
  },
});

/** What was refused passes in the place of what would be asked again: with a token of ours. */
export const instead = (says: RegExp, before: object, broken: () => Partial<Ask>): Row => ({
  says,
  provoke: async ({ application, create }) => {
    await application(before);
    return { broken: broken(), mend: async () => ({ headers: withSecret(await create()) }) };
  },
});

export const ago = () => new Date(Date.now() - 60_000);
export const BLOCK = (name: string) => ({ rules: { [name]: "block" } });
export const carrying = (authorization: string) => () => ({ headers: { Authorization: authorization } });
export const excepted = (name: string) => ({ exceptions: { [name]: { paths: ["/rest/api/2/myself"] } } });
