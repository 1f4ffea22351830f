import type { RIGHTS_REASONS } from "#lib/verification/reasons-of-rights";
import { type Scene, withSecret } from "./remedies";
import type { ReasonOfVerifier } from "./remedies-of-verifiers";
import { changed, type Row, renewed } from "./remedies-rows";

const SEARCH = { method: "POST", uri: "/rest/api/2/search/jql" };

/** The day after tomorrow: a window that is closed now, whatever the time. */
const notToday = () => {
  const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
  const day = days[(new Date().getUTCDay() + 2) % 7] ?? "sun";
  return { zone: "UTC", days: [day], from: "00:00", to: "24:00" };
};

const asBearer = (secret: string) => ({ headers: withSecret(secret) });

async function leaveGroups({ db, userId }: Scene) {
  const kept = await db.membership.findMany({ where: { userId } });
  await db.membership.deleteMany({ where: { userId } });
  return () => db.membership.createMany({ data: kept });
}

/** Refusals of a good token: what its tier, its grant and it itself do not allow. */
export const REMEDIES_OF_RIGHTS: Readonly<Record<Exclude<keyof typeof RIGHTS_REASONS, ReasonOfVerifier>, Row>> = {
  use_refused: {
    says: /into a group whose tier grants use/,
    provoke: async (scene) => {
      const ask = asBearer(await scene.token());
      const comeBack = await leaveGroups(scene);
      const mend = async () => {
        await comeBack();
        return ask;
      };
      return { broken: ask, mend };
    },
  },
  application_refused: renewed(/^Create a token for this application/, () => ({
    ...{ allApplications: false, applications: ["another"] },
  })),
  identity_unavailable: changed(/another identity mode/, { identity: "passthrough" }, { identity: "none" }, asBearer),
  identity_unrepresentable: {
    says: /a username for this application in plain ASCII/,
    provoke: async ({ token, db, user, userId, applicationId }) => {
      const ask = asBearer(await token());
      await user({ username: "jörg" });
      const mend = async () => {
        await db.userName.create({ data: { userId, applicationId, name: "joerg" } });
        return ask;
      };
      return { broken: ask, mend };
    },
  },
  token_address_refused: renewed(/widen the ranges/, () => ({ ipRanges: ["198.51.100.0/24"] })),
  header_refused: {
    says: /^Send the header/,
    provoke: async ({ token }) => {
      const headers = withSecret(await token({ headerConditions: [{ name: "x-team", value: "release" }] }));
      return { broken: { headers }, mend: async () => ({ headers: { ...headers, "X-Team": "release" } }) };
    },
  },
  write_refused: {
    says: /The application's read pack jira-cloud-like would let it pass\.$/,
    provoke: async ({ token, application }) => {
      const ask = { ...SEARCH, ...asBearer(await token({ access: "read" })) };
      const mend = async () => {
        await application({ readPacks: ["jira-cloud-like"] });
        return ask;
      };
      return { broken: ask, mend };
    },
  },
  upgrade_refused: changed(/allow WebSocket in the application/, {}, { webSocket: true }, (secret) => ({
    headers: { ...withSecret(secret), Upgrade: "websocket" },
  })),
  path_rule_refused: {
    says: /^Call what the token is for/,
    provoke: async ({ token }) => {
      const headers = withSecret(await token({ pathRules: ["GET /rest/api/2/search"] }));
      return { broken: { headers }, mend: async () => ({ headers, uri: "/rest/api/2/search?jql=x" }) };
    },
  },
  time_refused: renewed(/a token without a time window/, () => ({ timeWindow: notToday() })),
  rate_limited: {
    says: /a token with a higher limit/,
    byId: true,
    provoke: async ({ token }) => ({
      broken: asBearer(await token({ rateLimit: { perMinute: 1, burst: 1 } })),
      mend: async () => asBearer(await token({ rateLimit: { perMinute: 600, burst: 100 } })),
    }),
  },
  owner_rate_limited: {
    says: /raise the limit of owners in the settings/,
    byId: true,
    provoke: async ({ token, db }) => {
      await db.settings.updateMany({ data: { ownerRate: { perMinute: 1, burst: 1 } } });
      const ask = asBearer(await token());
      const mend = async () => {
        await db.settings.updateMany({ data: { ownerRate: { perMinute: 600, burst: 100 } } });
        return ask;
      };
      return { broken: ask, mend };
    },
  },
};
