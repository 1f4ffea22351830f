import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

export type IdentityProvider = { readonly issuer: string; stop(): Promise<void> };

/** Claims of whoever signs in there, by what they type as their name. */
export type People = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export const CLIENT = { id: "latchkey", secret: "a secret between the two of them 0123456789" };

/** A real OpenID provider on a port of its own. It knows one client, and lets everybody in who types a name. */
export async function startIdentityProvider(
  port: number,
  redirectUri: string,
  people: People,
): Promise<IdentityProvider> {
  const issuer = `http://localhost:${port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [redirectUri] }],
    claims: { openid: ["sub"], profile: ["preferred_username", "name", "groups"], email: ["email", "email_verified"] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    cookies: { keys: ["only for tests"] },
    findAccount: async (_context: unknown, id: string) => ({
      accountId: id,
      claims: async () => ({ sub: id, preferred_username: id, ...people[id] }),
    }),
  });
  const server = createServer(provider.callback());
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const { port: listening } = server.address() as AddressInfo;
  if (listening !== port) throw new Error(`The provider listens on ${listening}`);
  return {
    issuer,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
