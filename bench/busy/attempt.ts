/** What becomes of a log-in with a wrong password; anything else is told as it came. */
export type Attempt = "refused" | "sent away" | (string & {});

/** Reads next-auth's answer, which says in an address what was wrong. */
export function outcomeOf(status: number, body: string): Attempt {
  const code = /[?&]error=([a-z_]+)/i.exec(body)?.[1] ?? "";
  if (status === 401 && code === "unauthenticated") return "refused";
  if (code === "too_many_requests" && (status === 401 || status === 429)) return "sent away";
  return body.slice(0, 100);
}
