import type { SessionViewer } from "#lib/access/viewer";
import { sealSession, sessionCookieName } from "#lib/auth/session-cookie";
import { type Executed, execute } from "#lib/commands/execute";
import type { Result } from "#lib/errors/error";
import { keyRing } from "#lib/keys/ring";
import { createToken } from "#lib/tokens/commands/create";
import type { TestInstallation } from "./installation";

export const ORIGIN = "http://localhost:3000";

export type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

/** What a route answered, its body read. */
export type Answered = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
};

export type Asked = {
  readonly method?: string;
  readonly query?: string;
  readonly params?: Record<string, string>;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON; a text as it stands. */
  readonly body?: object | string;
};

/** Calls a route's handler as Next would, with these credentials. */
export async function call(
  handler: Handler,
  credentials: Readonly<Record<string, string>>,
  asked: Asked = {},
): Promise<Answered> {
  const { method = "GET", query = "", params = {}, body, headers = {} } = asked;
  const json = body === undefined ? {} : { "content-type": "application/json" };
  const request = new Request(`${ORIGIN}/api/v1/x${query}`, {
    method,
    headers: { "x-latchkey-peer": "192.0.2.1", ...json, ...credentials, ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const response = await handler(request, { params: Promise.resolve(params) });
  const text = await response.text();
  const isJson = /\bjson/.test(response.headers.get("content-type") ?? "");
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : {} };
}

/** What a command answered; a refusal is a mistake of the test. */
export async function outputOf<Output>(done: Promise<Result<Executed<Output>>>): Promise<Output> {
  const result = await done;
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.detail}`);
  return result.value.output;
}

/** The headers with which a browser of the portal comes: its cookie, and the portal's own origin. */
export async function browserOf(
  { db }: TestInstallation,
  { sessionId }: SessionViewer,
): Promise<Record<string, string>> {
  const sealed = await sealSession(await keyRing(db, "session", Date.now()), { sessionId });
  return { cookie: `${sessionCookieName(ORIGIN)}=${sealed}`, origin: ORIGIN };
}

/** The headers with which a script comes: a token for `latchkey` of this person. */
export async function scriptOf(
  { db }: TestInstallation,
  viewer: SessionViewer,
  access: "read" | "write",
): Promise<Record<string, string>> {
  const wish = { name: `${access} script`, applications: ["latchkey"], access };
  const { secret } = await outputOf(execute(db, createToken, viewer, wish, Date.now()));
  return { authorization: `Bearer ${secret}` };
}
