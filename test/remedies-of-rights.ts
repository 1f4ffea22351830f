import { addMembers } from "#lib/groups/commands/add-members";
import { removeMembers } from "#lib/groups/commands/remove-members";
import { editToken } from "#lib/tokens/commands/edit";
import { editUser } from "#lib/users/commands/edit";
import type { RIGHTS_REASONS } from "#lib/verification/reasons-of-rights";
import { seedApplication } from "#test/seeded";
import { type Scene, withSecret } from "./remedies";
import { REMEDIES_OF_LIMITS } from "./remedies-of-limits";
import { REMEDIES_OF_MOVES } from "./remedies-of-paths";
import type { ReasonOfVerifier } from "./remedies-of-verifiers";
import { alone, changed, type Row, renewed, undone } from "./remedies-rows";

const TWO_DAYS_MS = 2 * 86_400_000;

/** The day after tomorrow: a window that is closed now, whatever the time. */
const notToday = (now = Date.now()) => {
  const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
  const day = days[new Date(now + TWO_DAYS_MS).getUTCDay()] ?? "sun";
  return { zone: "UTC", days: [day], from: "00:00", to: "24:00" };
};

/** Open at any time; that it ever closes is what nobody sees of a token alone. */
const EVER = {
  ...{ zone: "UTC", days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], from: "00:00", to: "24:00" },
};

const asBearer = (secret: string) => ({ headers: withSecret(secret) });

const keyOf = async ({ db, applicationId: id }: Scene) =>
  (await db.application.findUniqueOrThrow({ where: { id } })).key;

async function renamed({ db, run, userId: id }: Scene, changes: object): Promise<void> {
  const { version } = await db.user.findUniqueOrThrow({ where: { id } });
  await run(editUser, { id, version, ...changes });
}

/** A gateway that asks about tokens alone, for two applications in which their owner has two names. */
const ofTwoNames = (follows: string, mend: (scene: Scene) => Promise<unknown>): Row => ({
  follows,
  byId: true,
  provoke: async (scene) => {
    const ask = { via: "alone" as const, ...asBearer(await scene.token()) };
    const key = await keyOf(scene);
    await seedApplication(scene.db, `${key}-too`);
    await scene.gateway({ applications: [key, `${key}-too`] });
    await renamed(scene, { usernames: { [`${key}-too`]: "another" } });
    return { broken: ask, mend: async () => mend(scene).then(() => ask) };
  },
});

const conditional = () => ({ headerConditions: [{ name: "x-team", value: "release" }] });

/** What lets pass again as soon as Retry-After says. */
const ONE_A_SECOND = { perMinute: 60, burst: 1 };

/** Refusals of a good token: what its tier, its grant and it itself do not allow. */
export const REMEDIES_OF_RIGHTS: Readonly<
  Record<Exclude<keyof typeof RIGHTS_REASONS, ReasonOfVerifier>, Row | readonly Row[]>
> = {
  use_refused: undone("Put the owner into a group whose tier grants use", async ({ db, run, username }) => {
    const { id } = await db.group.findFirstOrThrow({ where: { name: "api-users" } });
    await run(removeMembers, { id, users: [username] });
    return () => run(addMembers, { id, users: [username] });
  }),
  ...REMEDIES_OF_LIMITS,
  identity_unavailable: changed(
    "Choose another identity mode for the application",
    { identity: "passthrough" },
    { identity: "none" },
    asBearer,
  ),
  identity_unrepresentable: [
    {
      follows: "Give the owner a username for this application in plain ASCII",
      provoke: async (scene) => {
        const ask = asBearer(await scene.token());
        await renamed(scene, { username: "jörg" });
        const mend = async () => {
          await renamed(scene, { usernames: { [await keyOf(scene)]: "joerg" } });
          return ask;
        };
        return { broken: ask, mend };
      },
    },
    ofTwoNames("Give the owner the same username in all applications of the gateway", (scene) =>
      renamed(scene, { usernames: {} }),
    ),
    ofTwoNames("each application a gateway of its own", async (scene) =>
      scene.gateway({ applications: [await keyOf(scene)] }),
    ),
  ],
  header_refused: [
    {
      follows: "Send the header",
      provoke: async ({ token }) => {
        const headers = withSecret(await token(conditional()));
        return { broken: { headers }, mend: async () => ({ headers: { ...headers, "X-Team": "release" } }) };
      },
    },
    renewed("use a token without the condition", conditional),
    {
      follows:
        "Behind … it arrives only where their configuration names it: have an administrator put that of the gateway's page in place anew",
      provoke: async ({ token, gateway, filesOfGateway }) => {
        const headers = withSecret(await token(conditional()));
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
    {
      follows: "No gateway passes … on: give the token a condition on a header like X-Team",
      provoke: async ({ token, idOf, run, db }) => {
        const secret = await token({
          headerConditions: [{ name: "x-forwarded-user", value: "release" }],
          expiresAt: new Date(Date.now() + TWO_DAYS_MS),
        });
        // As behind a gateway, which takes away what its client says there.
        const broken = { ...asBearer(secret), via: "nginx" as const };
        const mend = async () => {
          const id = await idOf(secret);
          const { version } = await db.token.findUniqueOrThrow({ where: { id } });
          await run(editToken, { id, version, ...conditional() });
          return { ...broken, headers: { ...broken.headers, "X-Team": "release" } };
        };
        return { broken, mend };
      },
    },
    ...alone(conditional),
  ],
  upgrade_refused: [
    {
      follows: "Use plain requests",
      provoke: async ({ token }) => {
        const headers = withSecret(await token());
        return { broken: { headers: { ...headers, Upgrade: "websocket" } }, mend: async () => ({ headers }) };
      },
    },
    {
      follows: "Behind … no token opens a WebSocket, whatever the application says",
      provoke: async ({ token, application, gateway }) => {
        const ask = { headers: { ...withSecret(await token()), Upgrade: "websocket" } };
        const mend = async () => {
          await application({ webSocket: true });
          await gateway({ adapter: "api" });
          return ask;
        };
        return { broken: ask, before: () => gateway({ adapter: "forward" }), mend };
      },
    },
    changed("allow WebSocket in the application", {}, { webSocket: true }, (secret) => ({
      headers: { ...withSecret(secret), Upgrade: "websocket" },
    })),
  ],
  path_rule_refused: [
    {
      follows: "Call what the token is for",
      provoke: async ({ token }) => {
        const headers = withSecret(await token({ pathRules: ["GET /rest/api/2/search"] }));
        return { broken: { headers }, mend: async () => ({ headers, uri: "/rest/api/2/search?jql=x" }) };
      },
    },
    renewed("use one whose path rules allow this", () => ({ pathRules: ["GET /rest/api/2/search"] })),
    {
      follows: "Without what asks for another, a path rule allows it",
      provoke: async ({ token }) => {
        const headers = withSecret(await token({ pathRules: ["GET /rest/**"] }));
        const broken = { headers: { ...headers, "X-HTTP-Method-Override": "DELETE" } };
        return { broken, mend: async () => ({ headers }) };
      },
    },
    ...REMEDIES_OF_MOVES,
    ...alone(() => ({ pathRules: ["GET /rest/**"] })),
  ],
  time_refused: [
    {
      follows: "Call within its days and times",
      provoke: async ({ token }) => {
        const now = Date.now();
        const ask = asBearer(await token({ timeWindow: notToday(now) }));
        // Nobody waits two days for it: the verifier takes that day for today.
        return { broken: ask, mend: async () => ({ ...ask, at: now + TWO_DAYS_MS }) };
      },
    },
    renewed("use a token without a time window", () => ({ timeWindow: notToday() })),
    ...alone(() => ({ timeWindow: EVER })),
  ],
  rate_limited: [
    {
      follows: "Wait as long as Retry-After says and call less often",
      byId: true,
      provoke: async ({ token }) => {
        const ask = asBearer(await token({ rateLimit: ONE_A_SECOND }));
        return { broken: ask, mend: async () => ask };
      },
    },
    {
      follows: "use a token with a higher limit",
      byId: true,
      provoke: async ({ token, create }) => ({
        broken: asBearer(await token({ rateLimit: { perMinute: 1, burst: 1 } })),
        mend: async () => asBearer(await create({ rateLimit: { perMinute: 600, burst: 100 } })),
      }),
    },
  ],
  owner_rate_limited: [
    undone(
      "Wait as long as Retry-After says and call less often",
      async ({ settings }) => {
        await settings({ ownerRate: ONE_A_SECOND });
        return async () => undefined;
      },
      { byId: true },
    ),
    undone(
      "raise the limit of owners in the settings",
      async ({ settings }) => {
        await settings({ ownerRate: { perMinute: 1, burst: 1 } });
        return () => settings({ ownerRate: { perMinute: 600, burst: 100 } });
      },
      { byId: true },
    ),
  ],
};
