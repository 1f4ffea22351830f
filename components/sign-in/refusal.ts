import type { Problem } from "../api/problem";

const WRONG = "Username or password is wrong.";
const WRONG_FACTOR = "This is wrong, or was used before. Wait for the next code, or try another way.";
const AWAY = "Signing in does not work at the moment. Try again in a minute.";

const problem = (code: string, detail: string, fields: Problem["fields"] = {}): Problem => ({
  code,
  detail,
  fields,
  requestId: null,
});

/**
 * What next-auth's answer to a sign-in says: null = signed in. It answers with a URL whose `error` is next-auth's own
 * code, or one of ours with what belongs to it: `too_many_requests:8` (seconds), `second_factor_required:passkey`.
 */
export function refusalOf(status: number, body: unknown): Problem | null {
  const url =
    typeof body === "object" && body !== null && "url" in body && typeof body.url === "string" ? body.url : null;
  const error = url === null ? null : errorOf(url);
  if (status >= 200 && status < 300 && error === null)
    return url === null ? problem("unexpected", "The server answered something unexpected. Try again.") : null;
  const [code = "", more] = error?.split(":") ?? [];
  if (code === "second_factor_required") return problem(more === "passkey" ? "passkey_or_code" : code, "");
  if (code === "invalid_input") return problem(code, "", { code: WRONG_FACTOR });
  if (code === "too_many_requests" || status === 429) {
    return problem("too_many_requests", `Too many attempts. Try again in ${more ?? "60"} s.`);
  }
  if (code === "unavailable") return problem("unavailable", AWAY);
  if (status === 401 || code === "CredentialsSignin") return problem("unauthenticated", WRONG);
  return problem("unavailable", AWAY);
}

function errorOf(url: string): string | null {
  // relative or absolute, whichever next-auth chose
  return URL.canParse(url, "http://latchkey.invalid")
    ? new URL(url, "http://latchkey.invalid").searchParams.get("error")
    : null;
}
