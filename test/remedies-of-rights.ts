import { randomUUID } from "node:crypto";
import { addMembers } from "#lib/groups/commands/add-members";
import { removeMembers } from "#lib/groups/commands/remove-members";
import { editUser } from "#lib/users/commands/edit";
import type { RIGHTS_REASONS } from "#lib/verification/reasons-of-rights";
import { ANYTHING, type Ask, type Scene, withSecret } from "./remedies";
import { REMEDIES_OF_MOVES } from "./remedies-of-paths";
import type { ReasonOfVerifier } from "./remedies-of-verifiers";
import { changed, type Row, renewed, undone } from "./remedies-rows";

const SEARCH = { method: "POST", uri: "/rest/api/2/search/jql" };
const WRITE = { method: "POST", uri: "/rest/api/2/issue" };
const OTHERS = ["198.51.100.0/24"];
const FROM_THERE = { clientIp: "198.51.100.9" };

const TWO_DAYS_MS = 2 * 86_400_000;

/** The day after tomorrow: a window that is closed now, whatever the time. */
const notToday = (now = Date.now()) => {
  const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
  const day = days[new Date(now + TWO_DAYS_MS).getUTCDay()] ?? "sun";
  return { zone: "UTC", days: [day], from: "00:00", to: "24:00" };
};

const asBearer = (secret: string) => ({ headers: withSecret(secret) });

type Data = NonNullable<Parameters<Scene["token"]>[0]>;

/** The rule above a token is changed; where the token itself refuses too, another one follows. */
const above = (says: RegExp, before: object, after: object, ask: Partial<Ask> = {}, own?: Data): Row => ({
  says,
  provoke: async ({ tier, token, create }) => {
    const change = await tier(before);
    const broken = { ...ask, ...asBearer(await token(own)) };
    const mend = async () => {
      await change(after);
      return own === undefined ? broken : { ...ask, ...asBearer(await create()) };
    };
    return { broken, mend };
  },
});

/** The same token, from another network. */
const fromThere = (says: RegExp, before: object | null, own: Data = {}): Row => ({
  says,
  provoke: async ({ tier, token }) => {
    if (before !== null) await tier(before);
    const broken = asBearer(await token(own));
    return { broken, mend: async () => ({ ...broken, ...FROM_THERE }) };
  },
});

const under = (limits: object) => ({ own: { ...ANYTHING, ...limits } });

/** Waits, as Retry-After says, until a limit of one a second lets it pass again. */
const ONE_A_SECOND = { perMinute: 60, burst: 1 };

/** Refusals of a good token: what its tier, its grant and it itself do not allow. */
export const REMEDIES_OF_RIGHTS: Readonly<
  Record<Exclude<keyof typeof RIGHTS_REASONS, ReasonOfVerifier>, Row | readonly Row[]>
> = {
  use_refused: undone(/into a group whose tier grants use/, async ({ db, run, username }) => {
    const { id } = await db.group.findFirstOrThrow({ where: { name: "api-users" } });
    await run(removeMembers, { id, users: [username] });
    return () => run(addMembers, { id, users: [username] });
  }),
  application_refused: [
    renewed(/^Create a token for this application\.$/, () => ({ allApplications: false, applications: ["latchkey"] })),
    above(
      /^An administrator can let that rule include this application; a new token would be refused alike\.$/,
      under({ applications: ["latchkey"] }),
      under({}),
    ),
    above(
      /^An administrator can let the rule above the token include this application; then create a token for it\.$/,
      under({ applications: ["latchkey"] }),
      under({}),
      {},
      { allApplications: false, applications: ["latchkey"] },
    ),
    renewed(/gives none any more\. Create one under a tier or delegation that does\.$/, () => ({
      ...{ grantBy: "delegation", delegationId: randomUUID(), delegationName: "Gone" },
    })),
  ],
  identity_unavailable: changed(/another identity mode/, { identity: "passthrough" }, { identity: "none" }, asBearer),
  identity_unrepresentable: {
    says: /a username for this application in plain ASCII/,
    provoke: async ({ token, db, run, userId, applicationId }) => {
      const ask = asBearer(await token());
      const rename = async (changes: object) => {
        const { version } = await db.user.findUniqueOrThrow({ where: { id: userId } });
        await run(editUser, { id: userId, version, ...changes });
      };
      await rename({ username: "jörg" });
      const mend = async () => {
        const { key } = await db.application.findUniqueOrThrow({ where: { id: applicationId } });
        await rename({ usernames: { [key]: "joerg" } });
        return ask;
      };
      return { broken: ask, mend };
    },
  },
  token_address_refused: [
    fromThere(/^Call from an allowed network, or use a token that allows this one\.$/, null, { ipRanges: OTHERS }),
    renewed(/use a token that allows this one\.$/, () => ({ ipRanges: OTHERS })),
    fromThere(/^Call from an allowed network/, under({ ranges: OTHERS })),
    above(/have an administrator widen the ranges of that rule\.$/, under({ ranges: OTHERS }), under({})),
    above(
      /widen the rule above the token; then use a token that allows this one\.$/,
      under({ ranges: OTHERS }),
      under({}),
      {},
      {
        ipRanges: OTHERS,
      },
    ),
  ],
  header_refused: [
    {
      says: /^Send the header/,
      provoke: async ({ token }) => {
        const headers = withSecret(await token({ headerConditions: [{ name: "x-team", value: "release" }] }));
        return { broken: { headers }, mend: async () => ({ headers: { ...headers, "X-Team": "release" } }) };
      },
    },
    {
      says: /have an administrator put that of the gateway's page in place anew\.$/,
      provoke: async ({ token, gateway, filesOfGateway }) => {
        const headers = withSecret(await token({ headerConditions: [{ name: "x-team", value: "release" }] }));
        const mend = async () => {
          const [traefik = ""] = (await filesOfGateway("Traefik")).filter((text) =>
            text.includes("authRequestHeaders"),
          );
          // It tells what its file names.
          const sent = /^ +- x-team$/im.test(traefik) ? { ...headers, "X-Team": "release" } : headers;
          await gateway({ adapter: "api" });
          return { headers: sent };
        };
        return { broken: { headers }, before: () => gateway({ adapter: "forward" }), mend };
      },
    },
    renewed(/a token without the condition\.$/, () => ({ headerConditions: [{ name: "x-team", value: "release" }] })),
  ],
  write_refused: [
    renewed(/^Use a token that may write\.$/, () => ({ access: "read" }), WRITE),
    {
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
    above(
      /^An administrator can let that rule allow writing; a new token would be refused alike\.$/,
      { ceiling: { access: "read" } },
      { ceiling: null },
      WRITE,
    ),
    above(
      /^An administrator can let the rule above the token allow writing; then use a token that may write\.$/,
      under({ access: "read" }),
      under({}),
      WRITE,
      { access: "read" },
    ),
  ],
  upgrade_refused: [
    {
      says: /^Use plain requests/,
      provoke: async ({ token }) => {
        const headers = withSecret(await token());
        return { broken: { headers: { ...headers, Upgrade: "websocket" } }, mend: async () => ({ headers }) };
      },
    },
    changed(/allow WebSocket in the application/, {}, { webSocket: true }, (secret) => ({
      headers: { ...withSecret(secret), Upgrade: "websocket" },
    })),
  ],
  path_rule_refused: [
    {
      says: /^Call what the token is for/,
      provoke: async ({ token }) => {
        const headers = withSecret(await token({ pathRules: ["GET /rest/api/2/search"] }));
        return { broken: { headers }, mend: async () => ({ headers, uri: "/rest/api/2/search?jql=x" }) };
      },
    },
    renewed(/use one whose path rules allow this\.$/, () => ({ pathRules: ["GET /rest/api/2/search"] })),
    ...REMEDIES_OF_MOVES,
  ],
  time_refused: [
    {
      says: /^Call within its days and times/,
      provoke: async ({ token }) => {
        const now = Date.now();
        const ask = asBearer(await token({ timeWindow: notToday(now) }));
        // Nobody waits two days for it: Explain is asked about that day.
        return { broken: ask, mend: async () => ({ ...ask, at: now + TWO_DAYS_MS }) };
      },
    },
    renewed(/a token without a time window/, () => ({ timeWindow: notToday() })),
  ],
  rate_limited: [
    {
      says: /^Wait as long as Retry-After says/,
      byId: true,
      provoke: async ({ token }) => {
        const ask = asBearer(await token({ rateLimit: ONE_A_SECOND }));
        return { broken: ask, mend: async () => ask };
      },
    },
    {
      says: /a token with a higher limit/,
      byId: true,
      provoke: async ({ token, create }) => ({
        broken: asBearer(await token({ rateLimit: { perMinute: 1, burst: 1 } })),
        mend: async () => asBearer(await create({ rateLimit: { perMinute: 600, burst: 100 } })),
      }),
    },
  ],
  owner_rate_limited: [
    undone(
      /^Wait as long as Retry-After says/,
      async ({ settings }) => {
        await settings({ ownerRate: ONE_A_SECOND });
        return async () => undefined;
      },
      { byId: true },
    ),
    undone(
      /raise the limit of owners in the settings\.$/,
      async ({ settings }) => {
        await settings({ ownerRate: { perMinute: 1, burst: 1 } });
        return () => settings({ ownerRate: { perMinute: 600, burst: 100 } });
      },
      { byId: true },
    ),
  ],
};
