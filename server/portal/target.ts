/** Answered before Next sees it. */
export type Answer = {
  readonly status: number;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
};

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const TARGET_LIMIT = 8_192;
/** RFC 3986 §3.3 and §3.4, in ASCII, with whole percent-encodings; `[`, `]`, `|`, `^`, `{`, `}` because browsers send them in queries. */
const TARGET =
  /^\/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*(?:\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?[\]|^{}`"-]|%[0-9A-Fa-f]{2})*)?$/;
/** Dot segments, empty segments, and separators in disguise: what two readers could read differently. */
const AMBIGUOUS = /\/\/|\/(?:\.|%2e){1,2}(?=\/|$)|%2f|%5c|%00|;/i;

/** The path of a target, without its query. */
export const pathOf = (target: string): string => target.split("?", 1)[0] ?? "";

/** Whether a path is the REST API's. */
export const isApi = (path: string): boolean => path === "/api" || path.startsWith("/api/");

/**
 * What must not reach Next: methods nobody uses, targets that are not a plain path, and writing anywhere but to the API
 * (there are no Server Actions).
 * @param target the request line's, verbatim
 */
export function refuseTarget(method: string, target: string): Answer | null {
  if (!METHODS.has(method)) {
    return { status: 405, detail: "This method is not used here.", headers: { allow: [...METHODS].join(", ") } };
  }
  if (target.length > TARGET_LIMIT) return { status: 414, detail: "The address is too long." };
  const path = pathOf(target);
  if (!TARGET.test(target) || AMBIGUOUS.test(path)) return { status: 400, detail: "The address cannot be read." };
  if (!isApi(path) && method !== "GET" && method !== "HEAD") {
    return { status: 405, detail: "Pages are only read; write to /api/v1.", headers: { allow: "GET, HEAD" } };
  }
  return null;
}
