import { type Answer, problemOf, UNREACHABLE } from "./problem";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * Asks our own API, as scripts do: JSON in, JSON or a problem out. The session's cookie goes along, the browser adds
 * `Origin` by itself. Never throws for what a server or a network can do.
 */
export async function request<T>(method: Method, path: `/api/v1/${string}`, body?: unknown): Promise<Answer<T>> {
  const response = await fetch(path, {
    method,
    credentials: "same-origin",
    cache: "no-store",
    redirect: "error",
    headers: { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => null);
  if (!response) return { ok: false, problem: UNREACHABLE };
  const answer: unknown = await response.json().catch(() => null);
  // the shape is the API's promise (interfaces of the REST resources), checked by its own tests
  if (response.ok) return { ok: true, value: answer as T };
  return { ok: false, problem: problemOf(response.status, answer) };
}
