import { type ErrorCode, type FieldError, type LimitSource, type Result, refuse } from "#lib/errors/error";
import { sourceWords } from "#lib/policies/limit-words";

/** Weighed in this order: what is wrong first, what approval could still open last. */
const CODES = [
  "invalid_input",
  "limit_exceeded",
  "quota_exceeded",
  "approval_required",
] as const satisfies readonly ErrorCode[];

/**
 * One thing against a wish. `judged` says when it matters: `live` at every verification too, `made` only when the token
 * is made or changed (and the operator's override passes it), `input` is no matter of limits at all.
 */
export type Objection = {
  readonly code: (typeof CODES)[number];
  readonly judged: "live" | "made" | "input";
  readonly error: FieldError;
};

/** Makes an objection whose sentence ends with its source. */
export function object(
  code: Objection["code"],
  judged: Objection["judged"],
  path: string,
  sentence: string,
  source?: LimitSource,
): Objection {
  if (source === undefined) return { code, judged, error: { path, message: `${sentence}.` } };
  return { code, judged, error: { path, message: `${sentence}: ${sourceWords(source)}.`, source } };
}

/** All objections as one refusal: the weightiest gives code and sentence, every one is listed. Null without any. */
export function refusalOf(objections: readonly Objection[]): Result<never> | null {
  const code = CODES.find((each) => objections.some((objection) => objection.code === each));
  const first = objections.find((objection) => objection.code === code);
  if (code === undefined || first === undefined) return null;
  return refuse(
    code,
    first.error.message,
    objections.map(({ error }) => error),
  );
}
