import { Case } from "./case";
import type { Check, Finding, Forecheck } from "./check";
import { AFTER_LOOK_UP, BEFORE_LOOK_UP } from "./checks";
import type { Subject } from "./decision";
import type { TokenFacts } from "./facts/model";
import type { Installation } from "./installation";
import type { Question } from "./question";
import { REASONS, type ReasonCode, reasonWords } from "./reasons";
import { kindsOf, ruleWords } from "./rule";
import { subjectOf } from "./subject";
import { type Told, walkRequest, walkToCredential, walkToken } from "./walk";

export type ExplainedStep = {
  /** As numbered in docs/verification.md; 0 for what stops every verification. */
  readonly step: number;
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly detail: string;
  /** Whose rule it is, or which. */
  readonly rule: string | null;
  readonly remedy: string | null;
};

export type Explanation = {
  readonly allowed: boolean;
  readonly status: number;
  readonly reason: ReasonCode;
  readonly steps: readonly ExplainedStep[];
  readonly subject: Subject;
};

const EVERY = [...BEFORE_LOOK_UP, ...AFTER_LOOK_UP];

const skipped = ({ step, name }: Check, detail: string): ExplainedStep => ({
  step,
  name,
  outcome: "skipped",
  detail,
  rule: null,
  remedy: null,
});

function stepOf(check: Check | Forecheck, found: Finding | null, c: Case): ExplainedStep {
  const { step, name, remark, advice } = check;
  if (found !== null) {
    const { rule } = found;
    const { meaning, remedy } = reasonWords(found.reason, kindsOf(rule));
    const more = advice?.(c, found) ?? null;
    const whole = more === null ? remedy : `${remedy} ${more}`;
    return { step, name, outcome: "failed", detail: meaning, rule: ruleWords(rule), remedy: whole };
  }
  const { detail, rule = null, applies = true } = remark(c);
  return { step, name, outcome: applies ? "passed" : "skipped", detail, rule, remedy: null };
}

/**
 * The digest to look up before `explain`.
 * @returns null when the list ends before a token is asked for
 */
export function digestAskedFor(installation: Installation, question: Question, now: number): string | null {
  // Also in quarantine: who may have it explained follows from whose token it is.
  const end = walkToCredential(new Case(installation, question, now));
  return "kind" in end && end.kind === "ours" ? end.digest : null;
}

function reasonOf(c: Case, told: Told): ReasonCode {
  const end = walkRequest(c, told);
  if (!("kind" in end)) return end.reason;
  return end.kind === "foreign" ? "let_through" : (walkToken(c, told)?.reason ?? "allowed");
}

/**
 * Judges a request by the same list as the verifier and tells every step. Nothing is consumed, recorded or emitted.
 * @param question with `contact: null` it is asked on behalf of the gateway, whose secret is then not needed
 * @param found what the look-up of the digest found: null no token, undefined when there was nothing to look up
 * @param now epoch milliseconds
 * @throws what the checks throw: here nobody is let in, so the caller may see it
 */
export function explain(
  installation: Installation,
  question: Question,
  found: TokenFacts | null | undefined,
  now: number,
): Explanation {
  const c = new Case(installation, question, now);
  c.found = found;
  const steps: ExplainedStep[] = [];
  const judged = new Set<Check | Forecheck>();
  const told: Told = (check, refusal) => {
    judged.add(check);
    steps.push(stepOf(check, refusal, c));
  };
  const reason = reasonOf(c, told);
  const why = reason === "let_through" ? "It is no token of ours." : "Not reached.";
  for (const check of EVERY) if (!judged.has(check)) steps.push(skipped(check, why));
  const { status } = REASONS[reason];
  return { allowed: status === 200, status, reason, steps, subject: subjectOf(c) };
}
