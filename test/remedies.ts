import { createHash } from "node:crypto";
import type { SessionViewer, Viewer } from "#lib/access/viewer";
import { editApplication } from "#lib/applications/commands/edit";
import { operator } from "#lib/auth/actors";
import type { Command } from "#lib/commands/command";
import type { ActorKind } from "#lib/commands/door";
import { execute } from "#lib/commands/execute";
import type { Database } from "#lib/db/client";
import type { Prisma } from "#lib/db/generated/client";
import { createDelegation } from "#lib/delegations/commands/create";
import { editDelegation } from "#lib/delegations/commands/edit";
import { editGateway } from "#lib/gateways/commands/edit";
import { findGateway } from "#lib/gateways/queries-pages";
import { addMembers } from "#lib/groups/commands/add-members";
import { createGroup } from "#lib/groups/commands/create";
import { createPolicy } from "#lib/policies/commands/create";
import { editPolicy } from "#lib/policies/commands/edit";
import { editSettings } from "#lib/settings/commands/edit";
import { claimToken } from "#lib/tokens/commands/claim";
import { createToken } from "#lib/tokens/commands/create";
import { insertClaim } from "#lib/tokens/store-claims";
import { explainPast } from "#lib/verification/queries-past";
import { waitUntil } from "#test/upstreams/wait-until";
import { outputOf } from "./api";
import type { CommandLine } from "./command-line";
import { asAdmin } from "./database-cluster";
import type { TestInstallation } from "./installation";
import { seedToken } from "./seeded";

/** A request as `POST /v1/verify` is asked about it. */
export type Ask = {
  readonly method: string;
  readonly uri: string;
  readonly host: string;
  readonly proto: string;
  readonly clientIp: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  /** Epoch milliseconds: when it is sent, where that is not now. */
  readonly at?: number;
  /** How the gateway asks, where that is not `POST /v1/verify`; alone is introspection, about the Bearer token. */
  readonly via?: "nginx" | "alone";
};

/** Where a refusal is provoked and mended: a person, an application of theirs, a token. */
export type Scene = {
  readonly db: Database;
  readonly latchkey: CommandLine;
  readonly userId: string;
  readonly username: string;
  readonly applicationId: string;
  /** A token as it was when it was refused: a row, since many of these nobody makes. @returns its secret */
  readonly token: (some?: Partial<Prisma.TokenUncheckedCreateInput>) => Promise<string>;
  /** Makes a token for the application, as its owner does. @returns its secret */
  readonly create: (some?: object) => Promise<string>;
  readonly idOf: (secret: string) => Promise<string>;
  /** Runs a command, as the operator does unless somebody else is named. */
  readonly run: <K extends ActorKind, I, P, S, D, O>(
    command: Command<K, I, P, S, D, O>,
    input: object,
    viewer?: Viewer,
  ) => Promise<O>;
  /** An administrator, signed in just now. */
  readonly administrator: () => Promise<SessionViewer>;
  /** Somebody else who may have tokens. @returns their username */
  readonly another: () => Promise<string>;
  /** Changes the application as an administrator does; the others alike. */
  readonly application: (changes: object) => Promise<void>;
  readonly gateway: (changes: object) => Promise<void>;
  /** What its page has for a program. */
  readonly filesOfGateway: (program: string) => Promise<readonly string[]>;
  readonly settings: (changes: object) => Promise<void>;
  /** Puts the owner into a tier of their own. @returns what changes it */
  readonly tier: (some: object) => Promise<(changes: object) => Promise<void>>;
  /** A delegation over everybody. @returns its id and name, and what changes its limits */
  readonly delegation: (
    issue: object,
  ) => Promise<{ readonly id: string; readonly name: string; readonly change: (issue: object) => Promise<void> }>;
  /** What none of our roles may do. */
  readonly arrange: (...statements: readonly string[]) => Promise<void>;
  /** Opens the link of a pending token as its owner does. @returns its new secret */
  readonly claim: (secret: string) => Promise<string>;
};

/** What Explain says of a refusal. */
export type Told = { readonly reason: string; readonly remedy: string };

type Of = { readonly userId: string; readonly username: string; readonly applicationId: string };

export const basic = (name: string, secret: string): string =>
  `Basic ${Buffer.from(`${name}:${secret}`).toString("base64")}`;
export const withSecret = (secret: string) => ({ Authorization: `Bearer ${secret}` });

/** Limits under which anything goes; a row takes away what it is about. */
export const ANYTHING = { maxLifetimeDays: 90, access: "write", applications: "all", maxActive: 100 } as const;

let highest = 5_000;

export function sceneOf(
  installation: TestInstallation,
  latchkey: CommandLine,
  { userId, username, applicationId }: Of,
): Scene {
  const { db, database, person, viewer } = installation;
  const run: Scene["run"] = (command, input, by = operator()) => outputOf(execute(db, command, by, input, Date.now()));
  const application = () => db.application.findUniqueOrThrow({ where: { id: applicationId } });
  return {
    ...{ db, latchkey, userId, username, applicationId, run },
    token: async (some = {}) => (await seedToken(db, userId, some)).secret,
    create: async (some = {}) => {
      const { key } = await application();
      const wish = { owner: username, name: "another", applications: [key], access: "write", ...some };
      return (await run(createToken, wish)).secret;
    },
    idOf: async (secret) => {
      const digest = createHash("sha256").update(secret).digest();
      return (await db.token.findUniqueOrThrow({ where: { digest } })).id;
    },
    administrator: () => viewer("root"),
    another: async () => (await person(`another-${username}`, ["api-users"])).username,
    application: async (changes) => {
      const { id, version } = await application();
      await run(editApplication, { id, version, ...changes });
    },
    gateway: async (changes) => {
      const { key } = await application();
      const { id, version } = await db.gateway.findUniqueOrThrow({ where: { key } });
      await run(editGateway, { id, version, ...changes });
    },
    filesOfGateway: async (program) => {
      const { id } = await db.gateway.findUniqueOrThrow({ where: { key: (await application()).key } });
      const found = await findGateway(await viewer("root"), id);
      const programs = found?.configuration?.programs ?? [];
      return programs.filter(({ name }) => name === program).flatMap(({ files }) => files.map(({ text }) => text));
    },
    settings: async (changes) => {
      const { version } = await db.settings.findUniqueOrThrow({ where: { id: 1 } });
      await run(editSettings, { version, ...changes });
    },
    tier: async (some) => {
      highest += 1;
      const name = `Tier ${highest}`;
      const group = await run(createGroup, { name });
      await run(addMembers, { id: group.id, users: [username] });
      const made = { name, priority: highest, members: { groups: [name] }, use: true, create: "yes", own: ANYTHING };
      const { id, version } = await run(createPolicy, { ...made, ...some });
      return async (changes) => {
        await run(editPolicy, { id, version, ...changes });
      };
    },
    delegation: async (issue) => {
      highest += 1;
      const name = `Delegation ${highest}`;
      const made = { name, delegates: ["admins"], powers: ["issue"], scope: { everyone: true }, showSecret: true };
      const { id, version } = await run(createDelegation, { ...made, issue });
      const change = async (changed: object) => {
        await run(editDelegation, { id, version, issue: changed });
      };
      return { id, name, change };
    },
    arrange: (...statements) => asAdmin(database.adminUrl, statements),
    claim: async (secret) => {
      const digest = createHash("sha256").update(secret).digest();
      const { id, name } = await db.token.findUniqueOrThrow({ where: { digest } });
      const of = { id, name, owner: username, expiresAt: null };
      const { link } = await db.$transaction((tx) => insertClaim(tx, operator(), of, Date.now()));
      const code = new URL(link.url).hash.slice(1);
      const viewer = await installation.viewer(username);
      return (await outputOf(execute(db, claimToken, viewer, { code }, Date.now()))).secret;
    },
  };
}

/** What Explain says of a request that was refused, by the id that its answer carried, once it is written down. */
export async function explainedById({ viewer }: TestInstallation, requestId: string): Promise<Told> {
  const root = await viewer("root");
  return waitUntil(`the refused request ${requestId}`, async () => {
    const told = await explainPast(root, { requestId });
    return told.ok ? told.value.judged : undefined;
  });
}
