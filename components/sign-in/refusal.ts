import type { Problem } from "../api/problem";

const WRONG = "Username or password is wrong.";

/** next-auth's own codes, which are no sentences. */
const CODE = /^[A-Za-z_]+$/;

const problem = (code: string, detail: string): Problem => ({ code, detail, fields: {}, requestId: null });

/**
 * What next-auth's answer to a sign-in says: null = signed in. It answers with a URL whose `error` is a code, or the
 * sentence that our check threw (*Too many attempts. Try again in 8 s.*).
 */
export function refusalOf(status: number, body: unknown): Problem | null {
  const url =
    typeof body === "object" && body !== null && "url" in body && typeof body.url === "string" ? body.url : null;
  const error = url === null ? null : errorOf(url);
  if (status >= 200 && status < 300 && error === null)
    return url === null ? problem("unexpected", "The server answered something unexpected. Try again.") : null;
  if (error !== null && !CODE.test(error)) return problem("too_many_requests", error);
  if (status === 401 || error === "CredentialsSignin") return problem("unauthenticated", WRONG);
  if (status === 429) return problem("too_many_requests", "Too many attempts. Wait a minute and try again.");
  return problem("unavailable", "Signing in does not work at the moment. Try again in a minute.");
}

function errorOf(url: string): string | null {
  // relative or absolute, whichever next-auth chose
  return URL.canParse(url, "http://latchkey.invalid")
    ? new URL(url, "http://latchkey.invalid").searchParams.get("error")
    : null;
}
