import { resumeToken } from "#lib/tokens/commands/resume";
import { revokeToken } from "#lib/tokens/commands/revoke";
import { rotateToken } from "#lib/tokens/commands/rotate";
import { suspendToken } from "#lib/tokens/commands/suspend";
import { newSecret } from "#lib/tokens/secret";
import { deactivateUser } from "#lib/users/commands/deactivate";
import { reactivateUser } from "#lib/users/commands/reactivate";
import { basic, type Scene, withSecret } from "./remedies";
import { ago, type Row, renewed, undone } from "./remedies-rows";

type Code =
  | "token_unknown"
  | "token_revoked"
  | "token_denied"
  | "token_expired"
  | "token_suspended"
  | "token_pending"
  | "token_superseded"
  | "owner_inactive"
  | "username_mismatch";

/** What is done to a good token, and what helps then. @param spoil @returns the secret with which it goes on */
const ended = (follows: string, spoil: (scene: Scene, id: string) => Promise<() => Promise<string>>): Row => ({
  follows,
  provoke: async (scene) => {
    const secret = await scene.create();
    const goOn = await spoil(scene, await scene.idOf(secret));
    return { broken: { headers: withSecret(secret) }, mend: async () => ({ headers: withSecret(await goOn()) }) };
  },
});

async function deactivated({ run, userId: id }: Scene): Promise<void> {
  await run(deactivateUser, { id });
}

const named = (follows: string, name: (scene: Scene) => string): Row => ({
  follows,
  provoke: async (scene) => {
    const secret = await scene.token();
    const as = (username: string) => ({ headers: { Authorization: basic(username, secret) } });
    return { broken: as("somebody"), mend: async () => as(name(scene)) };
  },
});

/** Refusals of what is no token (any more), of whom it is, or of the name that came with it. */
export const REMEDIES_OF_TOKENS: Readonly<Record<Code, Row | readonly Row[]>> = {
  token_unknown: {
    follows: "Use a token that exists in this installation",
    provoke: async ({ create }) => ({
      broken: { headers: withSecret(newSecret()) },
      mend: async () => ({ headers: withSecret(await create()) }),
    }),
  },
  token_revoked: ended("Create a new one", async ({ run, create }, id) => {
    await run(revokeToken, { id });
    return create;
  }),
  token_denied: renewed("Use another one", () => ({ deniedAt: ago() })),
  token_expired: renewed("Create a new one", () => ({ expiresAt: ago() })),
  token_suspended: undone("Resume it", async ({ run, idOf }, secret) => {
    const id = await idOf(secret);
    await run(suspendToken, { id });
    return () => run(resumeToken, { id });
  }),
  token_pending: {
    follows: "Open its claim link, which makes its secret",
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
  token_superseded: ended("Use the successor", async ({ run }, id) => {
    const { secret } = await run(rotateToken, { id, overlap: "now" });
    return async () => secret;
  }),
  owner_inactive: [
    undone("Reactivate the owner", async (scene) => {
      await deactivated(scene);
      return () => scene.run(reactivateUser, { id: scene.userId });
    }),
    ended("use a token of somebody else", async (scene) => {
      const { create, another } = scene;
      await deactivated(scene);
      return async () => create({ owner: await another() });
    }),
  ],
  username_mismatch: [
    named("Send the owner's username", ({ username }) => username),
    named("the word token", () => "token"),
  ],
};
