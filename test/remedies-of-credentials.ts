import { newSecret } from "#lib/tokens/secret";
import { type Ask, basic, type Scene, withSecret } from "./remedies";
import { BLOCK, carrying, changed, excepted, instead, type Row } from "./remedies-rows";

const PASSWORD = carrying(basic("Fred", "hunter2"));
const FOREIGN = carrying("Bearer NjQ2MDAy");
const OAUTH1 = carrying('OAuth a="b"');
const NEGOTIATE = carrying("Negotiate YII=");

/** Guesses from an address: when its time is over, who sends them is refused as before, but told why. */
const guessing = (follows: string, clientIp: string, mend: (scene: Scene) => Promise<unknown>): Row => ({
  follows,
  byId: true,
  ends: "unauthenticated",
  provoke: async (scene) => {
    await scene.settings({ failureRate: LITTLE });
    const broken = { clientIp, headers: withSecret(newSecret()) };
    return {
      broken,
      mend: async ({ retryAfter }) => {
        await mend(scene);
        return { ...broken, at: Date.now() + retryAfter * 1_000 };
      },
    };
  },
});

const LITTLE = { perMinute: 1, burst: 1 };

/** In place of another credential a whole token, in each place. */
const oneOf = (follows: string, place: (secret: string) => Ask["headers"]): Row => ({
  follows,
  provoke: async ({ token }) => {
    const secret = await token();
    const both = { ...withSecret(secret), "X-Api-Token": await token() };
    return { broken: { headers: both }, mend: async () => ({ headers: place(secret) }) };
  },
});

/** A token where it is not taken, and then where it is. */
const placed = (follows: string, credentials: object, from: Place, to: Place): Row => ({
  follows,
  provoke: async ({ token, application }) => {
    await application({ credentials });
    const secret = await token();
    return { broken: { headers: from(secret) }, mend: async () => ({ headers: to(secret) }) };
  },
});

type Place = (secret: string) => Ask["headers"];
const asBasic: Place = (secret) => ({ Authorization: basic("token", secret) });
const inOwn: Place = (secret) => ({ "X-Own-Token": secret });

const preflight = () => ({
  method: "OPTIONS",
  headers: { Origin: "https://wiki.corp", "Access-Control-Request-Method": "GET" },
});

/** Refusals by what a request carries, and where: too much, too little, or of somebody else. */
export const REMEDIES_OF_CREDENTIALS = {
  too_many_failures: [
    {
      follows: "Send a token that is good: it passes from there at once",
      byId: true,
      provoke: async ({ create, settings }) => {
        await settings({ failureRate: LITTLE });
        const clientIp = "203.0.113.77";
        const broken = { clientIp, headers: withSecret(newSecret()) };
        return { broken, mend: async () => ({ clientIp, headers: withSecret(await create()) }) };
      },
    },
    {
      follows: "Find who sends the others",
      byId: true,
      provoke: async ({ create, settings, db }) => {
        await settings({ failureRate: LITTLE });
        const broken = { clientIp: "203.0.113.79", headers: withSecret(newSecret()) };
        const mend = async ({ requestId }: { readonly requestId: string }) => {
          const { address } = await db.refusal.findUniqueOrThrow({ where: { requestId } });
          return { clientIp: address ?? "", headers: withSecret(await create()) };
        };
        return { broken, mend };
      },
    },
    guessing("wait as long as Retry-After says, which grows", "203.0.113.80", async () => undefined),
    {
      ...guessing("From then on as many more are borne as the settings say", "203.0.113.81", ({ settings }) =>
        settings({ failureRate: { perMinute: 60, burst: 10 } }),
      ),
      times: 10,
    },
  ],
  invalid_request: [
    oneOf("Send exactly one credential: Basic", asBasic),
    oneOf("Bearer", withSecret),
    oneOf("the token header", (secret) => ({ "X-Api-Token": secret })),
  ],
  token_malformed: {
    follows: "Copy the whole secret again",
    provoke: async ({ token }) => {
      const secret = await token();
      return {
        broken: { headers: withSecret(secret.slice(0, -1)) },
        mend: async () => ({ headers: withSecret(secret) }),
      };
    },
  },
  source_refused: [
    placed("Send it as Basic password", { bearer: false }, withSecret, asBasic),
    placed("Bearer", { basic: false }, asBasic, withSecret),
    changed(
      "allow the place in the application",
      { credentials: { bearer: false } },
      { credentials: { bearer: true } },
      (secret) => ({ headers: withSecret(secret) }),
    ),
    {
      follows: "put its gateway's configuration in place anew",
      byId: true,
      provoke: async ({ token, application }) => {
        await application({ credentials: { header: "X-Own-Token" } });
        const headers = inOwn(await token());
        const mend = async () => ({
          via: "nginx" as const,
          headers: { ...headers, "X-Latchkey-Withholds": "x-own-token" },
        });
        return { broken: { via: "nginx", headers }, mend };
      },
    },
    {
      follows: "Send it in a header: a gateway hands the address on with the secret in it",
      provoke: async ({ token, application }) => {
        await application({ credentials: { query: "key" } });
        const secret = await token();
        const broken = { via: "nginx" as const, uri: `/rest/api/2/myself?key=${secret}` };
        return { broken, mend: async () => ({ via: "nginx" as const, headers: withSecret(secret) }) };
      },
    },
  ],
  credential_missing: [
    instead("Send a token", BLOCK("none"), () => ({})),
    changed(
      "It is a CORS preflight: the application can let those through",
      BLOCK("none"),
      { preflight: true },
      preflight,
    ),
  ],
  password_blocked: [
    instead("Use a token in place of the password", BLOCK("password"), PASSWORD),
    changed(
      "make an exception in the application",
      BLOCK("password"),
      { exceptions: { password: { users: ["fred"] } } },
      PASSWORD,
    ),
  ],
  foreign_bearer_blocked: [
    instead("Use a Latchkey token", BLOCK("foreignBearer"), FOREIGN),
    changed("make an exception in the application", BLOCK("foreignBearer"), excepted("foreignBearer"), FOREIGN),
    {
      follows: "Use a Latchkey token",
      byId: true,
      provoke: async ({ create }) => ({
        broken: { via: "alone", ...FOREIGN() },
        mend: async () => ({ via: "alone", headers: withSecret(await create()) }),
      }),
    },
  ],
  oauth1_blocked: [
    instead("Use a Latchkey token", BLOCK("oauth1"), OAUTH1),
    changed("allow OAuth 1 in the application", BLOCK("oauth1"), { rules: { oauth1: "allow" } }, OAUTH1),
  ],
  other_scheme_blocked: [
    instead("Use a Latchkey token", BLOCK("otherScheme"), NEGOTIATE),
    changed("make an exception in the application", BLOCK("otherScheme"), excepted("otherScheme"), NEGOTIATE),
  ],
} as const satisfies Record<string, Row | readonly Row[]>;
