import { newSecret } from "#lib/tokens/secret";
import type { RefusalCode } from "#lib/verification/reasons";
import { basic, withSecret } from "./remedies";
import { REMEDIES_OF_RIGHTS } from "./remedies-of-rights";
import type { ReasonOfVerifier } from "./remedies-of-verifiers";
import { ago, another, BLOCK, carrying, changed, excepted, type Row, renewed, revived } from "./remedies-rows";

/** Refusals that the installation mends; those that a verifier mends are in remedies-of-verifiers.ts. */
export const REMEDIES: Readonly<Record<Exclude<RefusalCode, ReasonOfVerifier>, Row>> = {
  quarantined: {
    says: /end the quarantine/,
    provoke: async ({ token, db }) => {
      const headers = withSecret(await token());
      await db.settings.updateMany({ data: { quarantinedAt: new Date() } });
      const mend = async () => {
        await db.settings.updateMany({ data: { quarantinedAt: null } });
        return { headers };
      };
      return { broken: { headers }, mend };
    },
  },
  gateway_unauthorized: {
    says: /^Compare key, secret/,
    provoke: async ({ token }) => {
      const headers = withSecret(await token());
      return { broken: { headers }, mend: async () => ({ headers }), gatewaySecret: "wrong", strangeGateway: "nobody" };
    },
  },
  request_unreadable: another(/configuration that Latchkey gives/, { clientIp: "unknown" }),
  method_refused: another(/^Use another method/, { method: "TRACE" }),
  path_refused: another(/^Send a plain path/, { uri: "/rest/../secure" }),
  application_unknown: changed(/^Add the route/, {}, { routes: [{ host: "new.corp" }] }, (secret) => ({
    ...{ host: "new.corp", headers: withSecret(secret) },
  })),
  address_refused: {
    says: /widen the ranges in the settings/,
    provoke: async ({ token, db }) => {
      const headers = withSecret(await token());
      await db.settings.updateMany({ data: { ranges: ["198.51.100.0/24"] } });
      const mend = async () => {
        await db.settings.updateMany({ data: { ranges: [] } });
        return { headers };
      };
      return { broken: { headers }, mend };
    },
  },
  too_many_failures: {
    says: /^Send a token that is good: it passes from there at once/,
    byId: true,
    provoke: async ({ token, db }) => {
      await db.settings.updateMany({ data: { failureRate: { perMinute: 1, burst: 1 } } });
      const clientIp = "203.0.113.77";
      const broken = { clientIp, headers: withSecret(newSecret()) };
      return { broken, mend: async () => ({ clientIp, headers: withSecret(await token()) }) };
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
  source_refused: changed(
    /allow the place in the application/,
    { credentials: { bearer: false } },
    { credentials: { bearer: true } },
    (secret) => ({ headers: withSecret(secret) }),
  ),
  credential_missing: {
    says: /^Send a token/,
    provoke: async ({ token, application }) => {
      await application(BLOCK("none"));
      return { broken: {}, mend: async () => ({ headers: withSecret(await token()) }) };
    },
  },
  password_blocked: changed(
    /exception in the application/,
    BLOCK("password"),
    { exceptions: { password: { users: ["fred"] } } },
    carrying(basic("Fred", "hunter2")),
  ),
  foreign_bearer_blocked: changed(
    /exception in the application/,
    BLOCK("foreignBearer"),
    excepted("foreignBearer"),
    carrying("Bearer NjQ2MDAy"),
  ),
  oauth1_blocked: changed(/allow OAuth 1/, BLOCK("oauth1"), { rules: { oauth1: "allow" } }, carrying('OAuth a="b"')),
  other_scheme_blocked: changed(
    /exception in the application/,
    BLOCK("otherScheme"),
    excepted("otherScheme"),
    carrying("Negotiate YII="),
  ),
  path_blocked: changed(
    /path filter's rule semicolon can be set to observe or off\.$/,
    {},
    { pathFilter: { semicolon: "observe" } },
    (secret) => ({ uri: "/rest/api/2/issue/A-1/properties/a/b;c%20d", headers: withSecret(secret) }),
  ),
  token_unknown: {
    says: /^Use a token that exists/,
    provoke: async ({ token }) => ({
      broken: { headers: withSecret(newSecret()) },
      mend: async () => ({ headers: withSecret(await token()) }),
    }),
  },
  token_revoked: renewed(/^Create a new one/, () => ({
    ...{ revokedAt: ago(), revokedBy: "x", revocationReason: "unused" },
  })),
  token_denied: renewed(/^Ask again/, () => ({ deniedAt: ago() })),
  token_expired: renewed(/create a new one/, () => ({ expiresAt: ago() })),
  token_suspended: revived(/^Resume it/, () => ({ suspendedAt: ago(), suspendedBy: "x" }), {
    suspendedAt: null,
    suspendedBy: null,
  }),
  token_pending: {
    says: /claim it/,
    provoke: async ({ db, token, arrange, claim }) => {
      const { id: delegationId } = await db.delegation.findFirstOrThrow();
      const secret = await token({ grantBy: "delegation", delegationId });
      // Without a secret nobody can come with it: the database keeps the two together.
      await arrange(
        "ALTER TABLE tokens DROP CONSTRAINT tokens_secret_is_born_with_digest",
        `UPDATE tokens SET secret_born_at = NULL WHERE digest = sha256('${secret}'::bytea)`,
      );
      const mend = async () => ({ headers: withSecret(await claim(secret)) });
      return { broken: { headers: withSecret(secret) }, mend };
    },
  },
  token_superseded: renewed(/^Use the successor/, () => ({ supersededAt: ago(), overlapEndsAt: ago() })),
  owner_inactive: {
    says: /^Reactivate the owner/,
    provoke: async ({ token, user }) => {
      const headers = withSecret(await token());
      await user({ deactivatedAt: ago() });
      const mend = async () => {
        await user({ deactivatedAt: null });
        return { headers };
      };
      return { broken: { headers }, mend };
    },
  },
  username_mismatch: {
    says: /the word token/,
    provoke: async ({ token }) => {
      const secret = await token();
      const as = (name: string) => ({ headers: { Authorization: basic(name, secret) } });
      return { broken: as("somebody"), mend: async () => as("token") };
    },
  },
  ...REMEDIES_OF_RIGHTS,
};
