import type { CredentialClass } from "#lib/applications/application";
import type { NamedQuota } from "#lib/errors/quota";
import { accessOf } from "#lib/tokens/rights/way";
import { type Alone, aloneOf, walkAlone, walkTokenAlone } from "./alone";
import { type Assertion, assertionOf } from "./assertion";
import { Case } from "./case";
import type { Finding } from "./check";
import { failedTooOften } from "./checks/failing";
import { deniedTooOften } from "./checks/rate";
import { type Identity, type Refused, refuseRequest, type Subject, undecided } from "./decision";
import type { TokenFacts } from "./facts/model";
import { identityOf } from "./identity";
import type { Installation } from "./installation";
import { keptOf } from "./keep";
import type { CalledQuestion } from "./question";
import type { Counting } from "./rates";
import type { AllowCode } from "./reasons";
import { subjectOf } from "./subject";
import { type Usable, walkRequest, walkToken } from "./walk";

const judged: unique symbol = Symbol("judged");

/** Whoever writes an allow needs one of these, and only `allow` below makes them: neither it nor the symbol is exported. */
export type Allowed = {
  readonly allowed: true;
  readonly reason: AllowCode;
  readonly auth: "token" | CredentialClass;
  /** What the upstream is told; null where it learns nothing. */
  readonly identity: Identity | null;
  /** The identity is told to the upstream in headers. */
  readonly told: boolean;
  /** The value of `Authorization` that the upstream shall get; empty removes it. */
  readonly authorization: string;
  readonly subject: Subject;
  /** What is left of the rate limit that ends first, the token's or its owner's; null where neither has one. */
  readonly quota: NamedQuota | null;
  /** Where a token was asked about alone (introspection): for what it is good. */
  readonly alone: Alone | null;
  /** What the upstream is told in a signed assertion; null where it is told none. */
  readonly assertion: Assertion | null;
  readonly [judged]: true;
};

/** What a verification comes to. */
export type Decision = Allowed | Refused;

/** Makes an allow, after the whole list has passed. */
function allow(facts: Omit<Allowed, "allowed" | typeof judged>): Allowed {
  const { reason, auth, identity, told, authorization, subject, quota, alone, assertion } = facts;
  return {
    allowed: true,
    reason,
    auth,
    identity,
    told,
    authorization,
    subject,
    quota,
    alone,
    assertion,
    [judged]: true,
  };
}

/** A token of ours whose facts are needed: look up `digest`, then `conclude`. */
export type Pending = {
  readonly settled: false;
  readonly digest: string;
  readonly question: CalledQuestion;
  readonly case: Case;
};

/** Where a verification stands after what can be judged without the token. */
export type Opening = { readonly settled: true; readonly decision: Decision } | Pending;

/** Whatever is thrown while judging is a refusal: this is the edge at which the unexpected is caught. */
function refusingThrows<T>(judge: () => T, refused: (decision: Refused) => T): T {
  try {
    return judge();
  } catch (cause) {
    return refused(undecided("undecided", cause));
  }
}

/** What comes too often is told so, in place of why it was refused. */
function refusedBy(found: Finding, c: Case): Refused {
  const { reason, rule, quota } = failedTooOften(c, found) ?? found;
  return refuseRequest(reason, rule, subjectOf(c), { quota, kept: keptOf(c) });
}

function letThrough(c: Case, { class: auth, authorization }: Extract<Usable, { kind: "foreign" }>): Allowed {
  return allow({
    reason: "let_through",
    auth,
    identity: null,
    told: false,
    authorization,
    subject: subjectOf(c),
    quota: null,
    alone: null,
    assertion: null,
  });
}

function judgeRequest(c: Case, question: CalledQuestion): Opening {
  const end = question.alone === undefined ? walkRequest(c) : walkAlone(c);
  if (!("kind" in end)) return { settled: true, decision: refusedBy(end, c) };
  if (end.kind === "ours") return { settled: false, digest: end.digest, question, case: c };
  return { settled: true, decision: letThrough(c, end) };
}

function judgeToken(c: Case): Decision {
  const found = walkToken(c);
  if (found !== null) return refusedBy(deniedTooOften(c, found) ?? found, c);
  const { application } = c.known;
  const access = accessOf(c.ways);
  if (access === null) throw new Error("no way is left, yet no check refused");
  const identity = identityOf(c.facts, application, access);
  const told = application.identity === "header";
  return allow({
    reason: "allowed",
    auth: "token",
    identity,
    told,
    authorization: "",
    subject: subjectOf(c),
    quota: c.quota,
    alone: null,
    assertion: application.identity === "jwt" ? assertionOf(c, identity) : null,
  });
}

/** The same for a token that is asked about alone: what it may in all the applications that it is good for. */
function judgeAlone(c: Case): Decision {
  const heard = walkTokenAlone(c);
  if ("found" in heard) return refusedBy(deniedTooOften(c, heard.found) ?? heard.found, heard.of);
  const [one] = heard.open;
  const access = heard.open.every(({ ways }) => accessOf(ways) === "write") ? "write" : "read";
  return allow({
    reason: "allowed",
    auth: "token",
    identity: identityOf(one.facts, one.known.application, access),
    told: false,
    authorization: "",
    subject: subjectOf(one),
    quota: one.quota,
    alone: aloneOf(heard.open),
    assertion: null,
  });
}

/**
 * First part of the list (steps 1–8): everything that can be judged without knowing the token.
 * @param now epoch milliseconds
 * @param rates where failures are counted
 * @returns the decision, or the digest to look up. Never throws.
 */
export function begin(installation: Installation, question: CalledQuestion, now: number, rates: Counting): Opening {
  return refusingThrows<Opening>(
    () => judgeRequest(new Case(installation, question, now, rates), question),
    (decision) => ({ settled: true, decision }),
  );
}

/**
 * Second part of the list (steps 9–19), on the token that was found.
 * @param installation the facts of *this* instant: when they have changed since `begin`, the first part is judged again,
 *   or a verification under way would allow by rules whose end was acknowledged
 * @param found null when no token has the secret
 * @param now epoch milliseconds
 * @param rates where rate limits are consumed, in the very last step
 * @returns the decision. Never throws.
 */
export function conclude(
  pending: Pending,
  installation: Installation,
  found: TokenFacts | null,
  now: number,
  rates: Counting,
): Decision {
  let current = pending;
  if (installation !== pending.case.installation) {
    const again = begin(installation, pending.question, now, rates);
    if (again.settled) return again.decision;
    if (again.digest !== pending.digest) return undecided("undecided", new Error("the credential changed its digest"));
    current = again;
  }
  const { case: c } = current;
  c.now = now;
  c.found = found;
  return refusingThrows<Decision>(
    () => (current.question.alone === undefined ? judgeToken(c) : judgeAlone(c)),
    (decision) => decision,
  );
}
