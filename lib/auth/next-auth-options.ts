import type { AuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { now } from "#lib/clock";
import { execute } from "#lib/commands/execute";
import { database } from "#lib/db/client";
import { env } from "#lib/env";
import { type Refusal, refuse } from "#lib/errors/error";
import { type KeyRing, keyRing } from "#lib/keys/ring";
import { log } from "#lib/log";
import { endSession } from "#lib/sessions/commands/end-session";
import { signIn } from "#lib/sessions/commands/sign-in";
import { ABSOLUTE_MS } from "#lib/sessions/session";
import { visitor } from "./actors";
import { enterByOidc, oidcProvider } from "./oidc";
import { openSession, sealSession, sessionCookieName } from "./session-cookie";
import { viewerOfCookie } from "./session-viewer";

/** Who knocks: address and browser of the request that signs in. */
type Knock = { readonly address: string; readonly userAgent: string };

const credentialsOf = (knock: Knock) =>
  Credentials({
    id: "credentials",
    name: "Password",
    credentials: {
      username: { type: "text" },
      password: { type: "password" },
      code: { type: "text" },
      passkey: { type: "text" },
    },
    authorize: async (credentials) => {
      const actor = visitor(knock.address, knock.userAgent);
      const done = await execute(database(), signIn, actor, givenIn(credentials ?? {}), now()).catch(unexpected);
      if (done.ok) return { id: done.value.output.userId, sessionId: done.value.output.sessionId };
      throw new Error(wordOf(done.refusal));
    },
  });

/** next-auth passes this on as `error`: a code, and the seconds to wait, or that a passkey would do. */
function wordOf({ code, retryAfterSeconds, errors }: Refusal): string {
  const passkey = code === "second_factor_required" && errors.some(({ path }) => path === "passkey");
  const more = retryAfterSeconds ?? (passkey ? "passkey" : undefined);
  return more === undefined ? code : `${code}:${more}`;
}

/** A form has texts only: what was left empty was not given, and a passkey's answer is JSON. */
function givenIn({ username, password, code, passkey }: Partial<Record<string, string>>) {
  const shown = { ...(code ? { code } : {}), ...(passkey ? { passkey: parsed(passkey) } : {}) };
  return { username, password, ...shown };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json; // no passkey's answer: the command says so
  }
}

const cookie = (name: string, secure: boolean) => ({
  name,
  options: { httpOnly: true, sameSite: "lax" as const, path: "/", secure },
});

/**
 * next-auth signs in and out; the cookie says only which session, whose row is checked at each request.
 * @param knock of the request at hand
 */
export async function nextAuthOptions(knock: Knock): Promise<AuthOptions> {
  const ring = await keyRing(database(), "session", now());
  const { url, oidc } = env();
  // Of the one request that these options are for: what `signIn` opened, `jwt` seals.
  let entered: string | undefined;
  const secure = url.startsWith("https:");
  const host = secure ? "__Host-" : "";
  return {
    secret: ring.active.secret.toString("base64"),
    providers: [credentialsOf(knock), ...(oidc === null ? [] : [oidcProvider(oidc)])],
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    session: { strategy: "jwt", maxAge: ABSOLUTE_MS / 1000 },
    useSecureCookies: secure,
    cookies: {
      sessionToken: cookie(sessionCookieName(url), secure),
      csrfToken: cookie(`${host}latchkey.csrf`, secure),
      callbackUrl: cookie(`${secure ? "__Secure-" : ""}latchkey.callback`, secure),
    },
    jwt: {
      encode: async ({ token }) => (token === undefined ? "" : sealSession(ring, token)),
      decode: async ({ token }) => (token === undefined ? null : opened(ring, token)),
    },
    callbacks: {
      signIn: async ({ account, profile }) => {
        if (account?.type === "credentials") return true;
        const done = await enterByOidc(oidc, account, profile, knock).catch(unexpected);
        if (!done.ok) return `${url}/sign-in?error=${done.refusal.code}`;
        entered = done.value.sessionId;
        return true;
      },
      jwt: async ({ token, user }) =>
        user === undefined ? token : { sessionId: entered ?? Reflect.get(user, "sessionId") },
      session: async ({ session }) => ({ expires: session.expires }),
      redirect: async ({ url: wanted, baseUrl }) => (sameOrigin(wanted, baseUrl) ? wanted : baseUrl),
    },
    events: { signOut: async ({ token }) => endOf(ring, token, knock) },
    logger: { error: (code, about) => told(code, about), warn: () => undefined, debug: () => undefined },
  };
}

/** next-auth would put the message of what nobody expected into an address. */
function unexpected(error: unknown) {
  log.error("sign-in failed", { error });
  return refuse("unavailable", "The database does not answer.");
}

/** What goes wrong with the identity provider, for the operator: a code and a message, no tokens. */
function told(code: string, about: unknown): void {
  if (!/OAUTH/.test(code)) return;
  const error =
    about instanceof Error ? about : typeof about === "object" && about ? Reflect.get(about, "error") : null;
  log.warn("oidc.failed", { code, why: error instanceof Error ? error.message : "" });
}

/** A cookie of a session that has ended since must not be sealed anew, so only the claims are looked at. */
async function opened(ring: KeyRing, sealed: string) {
  const claims = await openSession(ring, sealed);
  return claims === null ? null : { ...claims };
}

function sameOrigin(wanted: string, base: string): boolean {
  return URL.canParse(wanted, base) && new URL(wanted, base).origin === new URL(base).origin;
}

async function endOf(ring: KeyRing, token: unknown, knock: Knock): Promise<void> {
  const sessionId = typeof token === "object" && token !== null ? Reflect.get(token, "sessionId") : undefined;
  if (typeof sessionId !== "string") return;
  const viewer = await viewerOfCookie(database(), await sealSession(ring, { sessionId }), knock.address, now());
  if (viewer !== null) await execute(database(), endSession, viewer, { id: sessionId }, now());
}
