import { Case } from "./case";
import type { Check } from "./check";
import { AFTER_LOOK_UP, BEFORE_LOOK_UP } from "./checks";
import type { Subject } from "./decision";
import type { TokenFacts } from "./facts/model";
import type { Installation } from "./installation";
import type { Question } from "./question";
import { REASONS, type ReasonCode } from "./reasons";
import { subjectOf } from "./subject";

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

type Told = { readonly step: ExplainedStep; readonly reason: ReasonCode | null };

const skipped = ({ step, name }: Check, detail: string): ExplainedStep => ({
  step,
  name,
  outcome: "skipped",
  detail,
  rule: null,
  remedy: null,
});

function failed(step: number, name: string, reason: ReasonCode, rule: string | null): Told {
  const { meaning, remedy } = REASONS[reason];
  return { reason, step: { step, name, outcome: "failed", detail: meaning, rule, remedy } };
}

function tell(check: Check, c: Case): Told {
  const found = check.judge(c);
  if (found !== null) return failed(check.step, check.name, found.reason, found.rule);
  const { detail, rule = null, applies = true } = check.remark(c);
  const { step, name } = check;
  return { reason: null, step: { step, name, outcome: applies ? "passed" : "skipped", detail, rule, remedy: null } };
}

function ended(reason: ReasonCode, steps: readonly ExplainedStep[], c: Case): Explanation {
  const { status } = REASONS[reason];
  return { allowed: status === 200, status, reason, steps, subject: subjectOf(c) };
}

/**
 * The digest to look up before `explain`.
 * @returns null when the list ends before a token is asked for
 */
export function digestAskedFor(installation: Installation, question: Question, now: number): string | null {
  const c = new Case(installation, question, now);
  for (const check of BEFORE_LOOK_UP) if (check.judge(c) !== null) return null;
  return c.credential.kind === "ours" ? c.credential.digest : null;
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
  let reason: ReasonCode | null = null;
  if (installation.facts.settings.quarantined !== false) {
    const told = failed(0, "quarantine", "quarantined", null);
    reason = told.reason;
    steps.push(told.step);
  }
  for (const check of [...BEFORE_LOOK_UP, ...AFTER_LOOK_UP]) {
    if (reason === null && check.step > 8 && c.credential.kind === "foreign") reason = "let_through";
    if (reason !== null) {
      steps.push(skipped(check, reason === "let_through" ? "It is no token of ours." : "Not reached."));
      continue;
    }
    const told = tell(check, c);
    reason = told.reason;
    steps.push(told.step);
  }
  return ended(reason ?? "allowed", steps, c);
}
