import type { Actor, SessionViewer, TokenViewer } from "#lib/access/viewer";
import { operator, tokenViewer } from "#lib/auth/actors";
import type { Command } from "#lib/commands/command";
import type { ActorKind } from "#lib/commands/door";
import { execute } from "#lib/commands/execute";
import { createToken } from "#lib/tokens/commands/create";
import { issueToken } from "#lib/tokens/commands/issue";
import type { Issued, Made } from "#lib/tokens/made";
import { UNRESTRICTED } from "#lib/tokens/restrictions/restrictions";
import { digestOf } from "#lib/tokens/secret";
import { createInstallation, type TestInstallation } from "./installation";
import { NOON } from "./rules";

/** Ada may have tokens, bob is in no tier, ann administers, bot is a service account that ada maintains. */
export type TokenWorld = {
  readonly installation: TestInstallation;
  readonly ada: SessionViewer;
  readonly bob: SessionViewer;
  readonly ann: SessionViewer;
  readonly botId: string;
  /** Runs a command and gives its output, or the code of the refusal. */
  readonly run: <K extends ActorKind, I, P, S, D, O>(
    command: Command<K, I, P, S, D, O>,
    actor: Actor,
    input: unknown,
    now?: number,
  ) => Promise<O | string>;
  /** Ada's token for Jira, or what is said instead. */
  readonly made: (some?: object, actor?: Actor, now?: number) => Promise<Made>;
  /** The bot's token, issued by ann under Integrations. */
  readonly issued: (some?: object, now?: number) => Promise<Made>;
  /** Gives somebody so many own tokens at a stroke, without the command. */
  readonly fill: (username: string, count: number) => Promise<void>;
  /** A script of ada's, with a token for these applications. */
  readonly script: (tokenId: string, some?: Partial<TokenViewer>) => TokenViewer;
};

export const JIRA = { name: "backup", applications: ["jira"], access: "write" };

const application = (key: string) => ({
  key,
  name: key,
  kind: "jira" as const,
  rules: { password: "observe", foreignBearer: "observe", oauth1: "observe", otherScheme: "observe", none: "observe" },
  credentials: { basic: true, bearer: true, header: null, query: null },
  usernames: { aliases: false, empty: false },
  routes: { create: { host: `${key}.example.com`, context: "" } },
});

/** An installation with two applications and four people, at noon. */
export async function createTokenWorld(): Promise<TokenWorld> {
  const installation = await createInstallation(NOON);
  const { db, person, viewer } = installation;
  for (const key of ["jira", "wiki"]) await db.application.create({ data: application(key) });
  const adaRow = await person("ada", ["api-users"]);
  await person("bob");
  await person("ann", ["admins"]);
  const bot = await db.user.create({
    data: {
      kind: "service",
      username: "bot",
      usernameKey: "bot",
      displayName: "Bot",
      maintainers: { create: { userId: adaRow.id } },
    },
    select: { id: true },
  });
  const [ada, bob, ann] = [await viewer("ada"), await viewer("bob"), await viewer("ann")];

  const run: TokenWorld["run"] = async (command, actor, input, now = NOON) => {
    const done = await execute(db, command, actor, input, now);
    return done.ok ? done.value.output : done.refusal.code;
  };
  const orFail = (output: Issued | string): Made => {
    if (typeof output === "string") throw new Error(`refused: ${output}`);
    if (!("secret" in output)) throw new Error(`made a link for ${output.token.name}`);
    return output;
  };
  const made = async (some: object = {}, actor: Actor = ada, now = NOON) =>
    orFail(await run(createToken, actor, { ...JIRA, ...some }, now));
  const issued = async (some: object = {}, now = NOON) =>
    orFail(
      await run(
        issueToken,
        operator(),
        { ...JIRA, owner: "bot", delegation: "Integrations", expiresAt: null, ...some },
        now,
      ),
    );
  const script = (tokenId: string, some: Partial<TokenViewer> = {}) => {
    const { userId, username, displayName, role, groupIds, address } = ada;
    const who = { userId, username, displayName, role, groupIds, address };
    const what = {
      tokenId,
      tokenName: "script",
      access: "write" as const,
      applications: ["latchkey", "jira"],
      ipRanges: [],
      narrowing: UNRESTRICTED,
      expiresAt: null,
    };
    return tokenViewer({ kind: "token", ...who, ...what, ...some });
  };
  const fill = async (username: string, count: number) => {
    const { id: ownerId } = await db.user.findUniqueOrThrow({ where: { usernameKey: username } });
    const row = {
      ownerId,
      name: "filler",
      createdBy: username,
      grantBy: "tier" as const,
      access: "read" as const,
      applications: ["jira"],
    };
    const born = (n: number) => ({
      digest: new Uint8Array(Buffer.from(digestOf(`${username}-${n}`), "hex")),
      secretBornAt: new Date(NOON),
    });
    await db.token.createMany({ data: Array.from({ length: count }, (_, n) => ({ ...row, ...born(n) })) });
  };
  return { installation, ada, bob, ann, botId: bot.id, run, made, issued, fill, script };
}
