import { accessOf } from "#lib/tokens/rights/way";
import { Case } from "./case";
import type { Check } from "./check";
import { AFTER_LOOK_UP, BEFORE_LOOK_UP } from "./checks";
import { type Allowed, allow, type Decision, type Refused, refuseRequest, undecided } from "./decision";
import type { TokenFacts } from "./facts/model";
import { identityOf } from "./identity";
import type { Installation } from "./installation";
import type { CalledQuestion } from "./question";
import { subjectOf } from "./subject";

/** A token of ours whose facts are needed: look up `digest`, then `conclude`. */
export type Pending = {
  readonly settled: false;
  readonly digest: string;
  readonly question: CalledQuestion;
  readonly case: Case;
};

/** Where a verification stands after what can be judged without the token. */
export type Opening = { readonly settled: true; readonly decision: Decision } | Pending;

function run(checks: readonly Check[], c: Case): Refused | null {
  for (const check of checks) {
    const found = check.judge(c);
    if (found !== null) return refuseRequest(found.reason, found.rule, subjectOf(c));
  }
  return null;
}

/** Whatever is thrown while judging is a refusal: this is the edge at which the unexpected is caught. */
function refusingThrows<T>(judge: () => T, refused: (decision: Refused) => T): T {
  try {
    return judge();
  } catch (cause) {
    return refused(undecided("undecided", cause));
  }
}

function letThrough(c: Case, credential: Extract<Case["credential"], { kind: "foreign" }>): Allowed {
  const { class: auth, authorization } = credential;
  return allow({ reason: "let_through", auth, identity: null, told: false, authorization, subject: subjectOf(c) });
}

function judgeRequest(c: Case, question: CalledQuestion): Opening {
  // Anything but a plain false: what is missing is no permission.
  if (c.installation.facts.settings.quarantined !== false) {
    return { settled: true, decision: undecided("quarantined", undefined, subjectOf(c)) };
  }
  const refusal = run(BEFORE_LOOK_UP, c);
  if (refusal !== null) return { settled: true, decision: refusal };
  const { credential } = c;
  if (credential.kind === "ours") return { settled: false, digest: credential.digest, question, case: c };
  if (credential.kind === "foreign") return { settled: true, decision: letThrough(c, credential) };
  return { settled: true, decision: refuseRequest(credential.reason, credential.rule, subjectOf(c)) };
}

function judgeToken(c: Case): Decision {
  const refusal = run(AFTER_LOOK_UP, c);
  if (refusal !== null) return refusal;
  const { application } = c.known;
  const access = accessOf(c.ways);
  if (access === null) throw new Error("no way is left, yet no check refused");
  const identity = identityOf(c.facts, application, access);
  const told = application.identity === "header";
  return allow({ reason: "allowed", auth: "token", identity, told, authorization: "", subject: subjectOf(c) });
}

/**
 * First part of the list (steps 1–8): everything that can be judged without knowing the token.
 * @param now epoch milliseconds
 * @returns the decision, or the digest to look up. Never throws.
 */
export function begin(installation: Installation, question: CalledQuestion, now: number): Opening {
  return refusingThrows<Opening>(
    () => judgeRequest(new Case(installation, question, now), question),
    (decision) => ({ settled: true, decision }),
  );
}

/**
 * Second part of the list (steps 9–19), on the token that was found.
 * @param installation the facts of *this* instant: when they have changed since `begin`, the first part is judged again,
 *   or a verification under way would allow by rules whose end was acknowledged
 * @param found null when no token has the secret
 * @param now epoch milliseconds
 * @returns the decision. Never throws.
 */
export function conclude(
  pending: Pending,
  installation: Installation,
  found: TokenFacts | null,
  now: number,
): Decision {
  let current = pending;
  if (installation !== pending.case.installation) {
    const again = begin(installation, pending.question, now);
    if (again.settled) return again.decision;
    if (again.digest !== pending.digest) return undecided("undecided", new Error("the credential changed its digest"));
    current = again;
  }
  const { case: c } = current;
  c.now = now;
  c.found = found;
  return refusingThrows<Decision>(
    () => judgeToken(c),
    (decision) => decision,
  );
}
