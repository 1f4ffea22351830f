/** A refusal as a page needs it (RFC 9457 as our API writes it). `fields` has the first message for each path. */
export type Problem = {
  code: string;
  detail: string;
  fields: Readonly<Record<string, string>>;
  requestId: string | null;
};

export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** No answer at all: the line is cut, or the server is. What was asked may have happened. */
export const UNREACHABLE: Problem = {
  code: "unreachable",
  detail: "The server did not answer. Check your connection and try again.",
  fields: {},
  requestId: null,
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/**
 * Reads the body of a refusal, whatever it is (a proxy in between may answer HTML).
 * @param status the HTTP status, for a sentence where the body has none
 */
export function problemOf(status: number, body: unknown): Problem {
  const record = isRecord(body) ? body : {};
  const fields: Record<string, string> = {};
  for (const error of Array.isArray(record.errors) ? record.errors : []) {
    if (!isRecord(error)) continue;
    const path = text(error.path) ?? "";
    const message = text(error.message);
    if (message && !(path in fields)) fields[path] = message;
  }
  return {
    code: text(record.code) ?? "unexpected",
    detail:
      text(record.detail) ??
      text(record.title) ??
      `Something went wrong (${status}). Try again; if it stays, tell your administrator.`,
    fields,
    requestId: text(record.requestId),
  };
}

/** The message for a field or for anything inside it (`ipRanges` also shows what is wrong with `ipRanges.2`). */
export function fieldError(problem: Problem | null, path: string): string | undefined {
  if (!problem) return undefined;
  const key = Object.keys(problem.fields).find((name) => name === path || name.startsWith(`${path}.`));
  return key === undefined ? undefined : problem.fields[key];
}

/** The sentence above the form: absent when every error has found its field. */
export function generalError(problem: Problem | null, shown: readonly string[]): string | undefined {
  if (!problem) return undefined;
  const lost = Object.entries(problem.fields).filter(
    ([path]) => !shown.some((name) => path === name || path.startsWith(`${name}.`)),
  );
  if (Object.keys(problem.fields).length > 0 && lost.length === 0) return undefined;
  return [problem.detail, ...lost.map(([, message]) => message)]
    .filter((line, at, all) => all.indexOf(line) === at)
    .join(" ");
}
