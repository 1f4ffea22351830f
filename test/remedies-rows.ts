import { createHash } from "node:crypto";
import { type Ask, type Scene, withSecret } from "./remedies";

/** Ways to provoke a refusal and to follow its remedy. */

type Provoked = {
  readonly broken: Partial<Ask>;
  /** Does what Explain says. @returns the request as it is sent from then on */
  readonly mend: () => Promise<Partial<Ask>>;
  /** Where the gateway shows another secret than its own; Explain is then asked on behalf of one that is none. */
  readonly gatewaySecret?: string;
  readonly strangeGateway?: string;
};

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

/** The same request, with another token. */
export const renewed = (says: RegExp, data: () => Data, ask: Partial<Ask> = {}): Row => ({
  says,
  provoke: async ({ token }) => ({
    broken: { ...ask, headers: withSecret(await token(data())) },
    mend: async () => ({ ...ask, headers: withSecret(await token()) }),
  }),
});

/** The same token, whose row is changed back. */
export const revived = (says: RegExp, data: () => Data, back: Data): Row => ({
  says,
  provoke: async ({ token, db }) => {
    const secret = await token(data());
    const mend = async () => {
      const digest = createHash("sha256").update(secret).digest();
      await db.token.update({ where: { digest }, data: back });
      return { headers: withSecret(secret) };
    };
    return { broken: { headers: withSecret(secret) }, mend };
  },
});

export const ago = () => new Date(Date.now() - 60_000);
export const BLOCK = (name: string) => ({ rules: { [name]: "block" } });
export const carrying = (authorization: string) => () => ({ headers: { Authorization: authorization } });
export const excepted = (name: string) => ({ exceptions: { [name]: { paths: ["/rest/api/2/myself"] } } });
