import type { RawAnswer } from "#test/upstreams/raw-request";

/** Where something can be asked of a verifier, and with which statuses it may answer. */
export const STATUSES = {
  nginx: [200, 401, 403, 503],
  forward: [200, 400, 401, 403, 429, 503],
  envoy: [200, 400, 401, 403, 429, 503],
  verify: [200, 400, 401, 403, 429, 503],
  introspect: [200, 400, 401, 503],
} as const;

export type Wire = keyof typeof STATUSES;
export const WIRES = ["nginx", "forward", "envoy", "verify", "introspect"] as const satisfies readonly Wire[];

const NAMES = ["auth", "user", "user-id", "groups", "access", "token-id", "request-id", "assertion"];
const EVERY_ALLOW = [...NAMES.map((name) => `x-latchkey-${name}`), "authorization", "content-length", "cache-control"];

function parsed(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

const lacks = (object: Record<string, unknown> | null, names: readonly string[]): string | null =>
  names.find((name) => object === null || !(name in object)) ?? null;

/** What the listener answers before anybody is asked: not HTTP as it should be, or no address of ours. */
function ofTheListener({ status, headers, body }: RawAnswer): boolean {
  return [400, 404, 405, 408, 431].includes(status) && body === "" && headers["content-length"]?.join() === "0";
}

function allowed({ headers, body }: RawAnswer): string | null {
  const missing = EVERY_ALLOW.find((name) => headers[name]?.length !== 1);
  if (missing !== undefined) return `an allow without exactly one ${missing}`;
  return body === "" && headers["content-length"]?.[0] === "0" ? null : "an allow with a body";
}

function refused({ status, headers, body }: RawAnswer): string | null {
  const missing = lacks(parsed(body), ["type", "title", "status", "detail", "code", "requestId"]);
  if (missing !== null) return `a problem without ${missing}`;
  if (Buffer.byteLength(body) > 1_024) return "a problem of more than 1 KB";
  const challenges = headers["www-authenticate"] ?? [];
  return challenges.length === (status === 401 ? 1 : 0) ? null : "challenges";
}

const CHECKS: Readonly<Record<Wire, (answer: RawAnswer) => string | null>> = {
  nginx: (answer) => (answer.status === 200 ? allowed(answer) : refused(answer)),
  forward: (answer) => (answer.status === 200 ? allowed(answer) : refused(answer)),
  envoy: (answer) => (answer.status === 200 ? allowed(answer) : refused(answer)),
  verify({ status, body }) {
    const said = parsed(body);
    const missing = lacks(said, ["allowed", "reason", "requestId", "auth", ...(status === 200 ? [] : ["detail"])]);
    if (missing !== null) return `a verification without ${missing}`;
    return said?.allowed === (status === 200) ? null : "another word than the status";
  },
  introspect({ status, body }) {
    const said = parsed(body);
    const missing = lacks(said, status === 200 ? ["active"] : ["error"]);
    if (missing !== null) return `an introspection without ${missing}`;
    return said?.active === false && Object.keys(said).length > 1 ? "inactive, and more" : null;
  },
};

/** What about an answer is none of the shapes that docs/verification.md promises; null where it is one of them. */
export function strangeness(wire: Wire, answer: RawAnswer, toHead = false): string | null {
  if (ofTheListener(answer)) return null;
  if (!STATUSES[wire].some((status) => status === answer.status)) return `status ${answer.status}`;
  if (answer.headers["cache-control"]?.join() !== "no-store") return "an answer that may be kept";
  if (answer.status === 503 && answer.headers["retry-after"] === undefined) return "503 without Retry-After";
  // A credential that is not ours goes on as it came, and some say names in it.
  const own = Object.entries(answer.headers).filter(([name]) => name !== "authorization");
  const lines = own.flatMap(([name, values]) => values.map((value) => name + value));
  if (lines.some((line) => !/^[\x20-\x7e]*$/.test(line))) return "a header that is not visible ASCII";
  if (toHead && answer.body === "" && answer.status !== 200) return null;
  return CHECKS[wire](answer);
}

/** The application and the class that an answer allows; null where it refuses. */
export function allowedAs(wire: Wire, { status, headers, body }: RawAnswer): string | null {
  if (status !== 200) return null;
  if (wire === "verify") return String(parsed(body)?.auth);
  if (wire === "introspect") return parsed(body)?.active === true ? "token" : null;
  return headers["x-latchkey-auth"]?.[0] ?? "";
}
