import { type Answer, UNREACHABLE } from "../api/problem";
import { refusalOf } from "./refusal";

/** next-auth's own endpoints (4.24), spoken to directly: its client would weigh more than this whole page. */
async function csrfToken(): Promise<string | null> {
  const answer = await fetch("/api/auth/csrf", { cache: "no-store" }).catch(() => null);
  const body: unknown = answer?.ok ? await answer.json().catch(() => null) : null;
  if (typeof body !== "object" || body === null || !("csrfToken" in body)) return null;
  return typeof body.csrfToken === "string" ? body.csrfToken : null;
}

async function post(path: string, fields: Record<string, string>): Promise<Response | null> {
  const token = await csrfToken();
  if (token === null) return null;
  const body = new URLSearchParams({ callbackUrl: location.origin, ...fields, csrfToken: token, json: "true" });
  return fetch(path, { method: "POST", body, redirect: "manual" }).catch(() => null);
}

/** What somebody signs in with: a local account, and in a second step what is asked for then. */
export type Given = { readonly username: string; readonly password: string; readonly code?: string };

/** Signs in with a local account. A refusal is next-auth's `error`. @param passkey what one signed */
export async function signIn({ username, password, code }: Given, passkey?: object): Promise<Answer<null>> {
  const more = { ...(code && { code }), ...(passkey && { passkey: JSON.stringify(passkey) }) };
  const answer = await post("/api/auth/callback/credentials", { username, password, ...more });
  if (!answer) return { ok: false, problem: UNREACHABLE };
  const body: unknown = await answer.json().catch(() => null);
  const refusal = refusalOf(answer.status, body);
  return refusal ? { ok: false, problem: refusal } : { ok: true, value: null };
}

/**
 * Goes to the identity provider; it sends back here. A provider that cannot be reached is said on this page.
 * @param again has it ask who it is although it knows
 * @returns null when the browser is on its way
 */
export async function continueExternally(to: string, again: boolean): Promise<Answer<never> | null> {
  const path = `/api/auth/signin/oidc${again ? "?prompt=login" : ""}`;
  const answer = await post(path, { callbackUrl: new URL(to, location.origin).href });
  const body: unknown = answer === null ? null : await answer.json().catch(() => null);
  const url = typeof body === "object" && body !== null && "url" in body ? body.url : null;
  if (typeof url !== "string") return { ok: false, problem: UNREACHABLE };
  location.assign(url);
  return null;
}

/** @returns whether the session has ended */
export async function signOut(): Promise<boolean> {
  const answer = await post("/api/auth/signout", {});
  return answer !== null && (answer.ok || answer.type === "opaqueredirect");
}
