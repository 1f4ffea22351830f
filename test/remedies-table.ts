import { newSecret } from "#lib/tokens/secret";
import type { RefusalCode } from "#lib/verification/reasons";
import { basic, withSecret } from "./remedies";
import { REMEDIES_OF_PATHS } from "./remedies-of-paths";
import { REMEDIES_OF_QUARANTINE } from "./remedies-of-quarantine";
import { REMEDIES_OF_RIGHTS } from "./remedies-of-rights";
import { REMEDIES_OF_TOKENS } from "./remedies-of-tokens";
import type { ReasonOfVerifier } from "./remedies-of-verifiers";
import { another, BLOCK, carrying, changed, excepted, instead, type Row, undone } from "./remedies-rows";

const BY_GATEWAY = { byId: true, says: /^Compare key, secret, adapter and peers/ } as const;
const PASSWORD = carrying(basic("Fred", "hunter2"));
const FOREIGN = carrying("Bearer NjQ2MDAy");
const OAUTH1 = carrying('OAuth a="b"');
const NEGOTIATE = carrying("Negotiate YII=");

/** Refusals that the installation mends; those that a verifier mends are in remedies-of-verifiers.ts. */
export const REMEDIES: Readonly<Record<Exclude<RefusalCode, ReasonOfVerifier>, Row | readonly Row[]>> = {
  quarantined: REMEDIES_OF_QUARANTINE,
  gateway_unauthorized: [
    {
      ...BY_GATEWAY,
      provoke: async ({ token }) => {
        const headers = withSecret(await token());
        return { broken: { headers }, mend: async () => ({ headers }), gatewaySecret: "wrong" };
      },
    },
    {
      ...BY_GATEWAY,
      provoke: async ({ token, gateway }) => {
        const headers = withSecret(await token());
        await gateway({ peers: ["198.51.100.9"] });
        const mend = async () => {
          await gateway({ peers: [] });
          return { headers };
        };
        return { broken: { headers }, mend };
      },
    },
  ],
  request_unreadable: another(/configuration that Latchkey gives/, { clientIp: "unknown" }),
  method_refused: another(/^Use another method/, { method: "TRACE" }),
  path_refused: another(/^Send a plain path/, { uri: "/rest/../secure" }),
  application_unknown: [
    changed(/^Add the route to an application/, {}, { routes: [{ host: "new.corp" }] }, (secret) => ({
      ...{ host: "new.corp", headers: withSecret(secret) },
    })),
    undone(/the application to the gateway\.$/, async ({ gateway, db, applicationId }) => {
      const { key } = await db.application.findUniqueOrThrow({ where: { id: applicationId } });
      await gateway({ applications: [] });
      return () => gateway({ applications: [key] });
    }),
  ],
  address_refused: [
    {
      says: /^Call from an allowed network/,
      provoke: async ({ token, settings }) => {
        const headers = withSecret(await token());
        await settings({ ranges: ["198.51.100.0/24"] });
        return { broken: { headers }, mend: async () => ({ headers, clientIp: "198.51.100.9" }) };
      },
    },
    undone(/widen the ranges in the settings\.$/, async ({ settings }) => {
      await settings({ ranges: ["198.51.100.0/24"] });
      return () => settings({ ranges: [] });
    }),
  ],
  too_many_failures: {
    says: /^Send a token that is good: it passes from there at once/,
    byId: true,
    provoke: async ({ create, settings }) => {
      await settings({ failureRate: { perMinute: 1, burst: 1 } });
      const clientIp = "203.0.113.77";
      const broken = { clientIp, headers: withSecret(newSecret()) };
      return { broken, mend: async () => ({ clientIp, headers: withSecret(await create()) }) };
    },
  },
  invalid_request: {
    says: /exactly one credential/,
    provoke: async ({ token }) => {
      const one = withSecret(await token());
      const both = { ...one, "X-Api-Token": await token() };
      return { broken: { headers: both }, mend: async () => ({ headers: one }) };
    },
  },
  token_malformed: {
    says: /^Copy the whole secret/,
    provoke: async ({ token }) => {
      const secret = await token();
      return {
        broken: { headers: withSecret(secret.slice(0, -1)) },
        mend: async () => ({ headers: withSecret(secret) }),
      };
    },
  },
  source_refused: [
    {
      says: /^Send it as Basic password or Bearer/,
      provoke: async ({ token, application }) => {
        await application({ credentials: { bearer: false } });
        const secret = await token();
        return {
          broken: { headers: withSecret(secret) },
          mend: async () => ({ headers: { Authorization: basic("token", secret) } }),
        };
      },
    },
    changed(
      /allow the place in the application/,
      { credentials: { bearer: false } },
      { credentials: { bearer: true } },
      (secret) => ({ headers: withSecret(secret) }),
    ),
  ],
  credential_missing: instead(/^Send a token/, BLOCK("none"), () => ({})),
  password_blocked: [
    instead(/^Use a token in place of the password/, BLOCK("password"), PASSWORD),
    changed(
      /exception in the application/,
      BLOCK("password"),
      { exceptions: { password: { users: ["fred"] } } },
      PASSWORD,
    ),
  ],
  foreign_bearer_blocked: [
    instead(/^Use a Latchkey token/, BLOCK("foreignBearer"), FOREIGN),
    changed(/exception in the application/, BLOCK("foreignBearer"), excepted("foreignBearer"), FOREIGN),
  ],
  oauth1_blocked: [
    instead(/^Use a Latchkey token/, BLOCK("oauth1"), OAUTH1),
    changed(/allow OAuth 1/, BLOCK("oauth1"), { rules: { oauth1: "allow" } }, OAUTH1),
  ],
  other_scheme_blocked: [
    instead(/^Use a Latchkey token/, BLOCK("otherScheme"), NEGOTIATE),
    changed(/exception in the application/, BLOCK("otherScheme"), excepted("otherScheme"), NEGOTIATE),
  ],
  path_blocked: REMEDIES_OF_PATHS,
  ...REMEDIES_OF_TOKENS,
  ...REMEDIES_OF_RIGHTS,
};
