import type { NamedQuota } from "./quota";

/**
 * The closed catalogue of refusals of portal, API and CLI: code → HTTP status and title.
 * The verifier's reasons are a catalogue of their own (lib/verification/reasons.ts).
 */
export const ERRORS = {
  malformed: { status: 400, title: "The request cannot be read" },
  unauthenticated: { status: 401, title: "Sign in first" },
  second_factor_required: { status: 401, title: "Your second factor is needed" },
  forbidden: { status: 403, title: "You may not do this" },
  foreign_origin: { status: 403, title: "The request comes from another site" },
  step_up_required: { status: 403, title: "Confirm that it is you" },
  not_granted: { status: 403, title: "Your tier does not grant this" },
  approval_required: { status: 403, title: "This needs approval" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "This cannot be done here" },
  already_exists: { status: 409, title: "It exists already" },
  stale: { status: 409, title: "Somebody changed it meanwhile" },
  quota_exceeded: { status: 409, title: "No more tokens allowed" },
  ended: { status: 409, title: "It has ended" },
  in_use: { status: 409, title: "It is in use" },
  last_admin: { status: 409, title: "The last administrator stays" },
  too_large: { status: 413, title: "The request is too large" },
  unsupported_media_type: { status: 415, title: "Send JSON" },
  invalid_input: { status: 422, title: "Some fields need another value" },
  limit_exceeded: { status: 422, title: "This is more than you are allowed" },
  not_enforced_yet: { status: 422, title: "This restriction is not enforced yet" },
  too_many_requests: { status: 429, title: "Too many attempts" },
  unavailable: { status: 503, title: "The database does not answer" },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** Where a limit comes from, so that every refusal can name it: *tier Developers*, *delegation Integrations*. */
export type LimitSource = { kind: "tier" | "delegation" | "ceiling" | "installation" | "token"; name: string };

/** One thing wrong with one field. `path` is the field's path in the request body, segments joined by dots. */
export type FieldError = { path: string; message: string; source?: LimitSource };

/**
 * A refusal is a value: what is wrong (`code`), in a sentence that says what to do (`detail`), and in which fields.
 * `quota` is the rate limit that is used up, where it is one that clients go by.
 */
export type Refusal = {
  code: ErrorCode;
  detail: string;
  errors: readonly FieldError[];
  retryAfterSeconds?: number;
  quota?: NamedQuota;
};

export type Result<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

/** Makes the refusal of who comes too often. @param seconds to wait */
export const tooSoon = (seconds: number, detail: string): Result<never> => ({
  ok: false,
  refusal: { code: "too_many_requests", detail, errors: [], retryAfterSeconds: seconds },
});

/** The same by a rate limit, of which the answer's head tells. */
export const overQuota = (quota: NamedQuota, detail: string): Result<never> => ({
  ok: false,
  refusal: { code: "too_many_requests", detail, errors: [], retryAfterSeconds: quota.resetSeconds, quota },
});

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

/**
 * Makes a refusal.
 * @param code an entry of the catalogue
 * @param detail one sentence for a person: what is wrong and what to do
 * @param errors the fields concerned, if any
 */
export function refuse(code: ErrorCode, detail: string, errors: readonly FieldError[] = []): Result<never> {
  return { ok: false, refusal: { code, detail, errors } };
}
