import type { CredentialClass } from "#lib/applications/application";
import { checkSecret, digestOf } from "#lib/tokens/secret";
import type { Case } from "../case";
import { type Check, type Finding, finding, type Remark } from "../check";
import { type Credential, credentialOf } from "../credential";
import { compilePattern, matches } from "../pattern";
import { isPreflight } from "../preflight";
import { otherBeginnings, otherReadings } from "../readings";
import type { RefusalCode } from "../reasons";
import { exceptionInWords, isExcepted } from "./exception";

const BLOCKED = {
  password: "password_blocked",
  foreignBearer: "foreign_bearer_blocked",
  oauth1: "oauth1_blocked",
  otherScheme: "other_scheme_blocked",
  none: "credential_missing",
} as const satisfies Record<CredentialClass, RefusalCode>;

/** Jira's log-in by REST: name and password are in the body, which nobody sends us. */
const SESSION = compilePattern("/rest/auth/*/session*", true);

/** How its path may begin, where the end is too long to be read. */
const SESSION_BEGINS = ["/", "/rest", "/rest/auth", "/rest/auth/*"].map((text) => compilePattern(text, true));

const logsIn = (c: Case) => (segments: readonly string[]) => matches(SESSION, segments, c.depth);

const mayLogIn = (c: Case) => (segments: readonly string[]) =>
  logsIn(c)(segments) || SESSION_BEGINS.some((begin) => matches(begin, segments, c.depth));

/** Whether name and password are in the body, however somebody might read the path. */
function isLogin(c: Case): boolean {
  if (c.request.method !== "POST") return false;
  if (logsIn(c)(c.target.segments)) return true;
  const others = otherReadings(c.target);
  return others === null ? otherBeginnings(c.target).some(mayLogIn(c)) : others.some(logsIn(c));
}

/** Whether nobody reads the path of a log-in as anything else. */
const isLoginToAll = (c: Case): boolean =>
  logsIn(c)(c.target.segments) && otherReadings(c.target)?.every(logsIn(c)) === true;

type Foreign = Extract<Credential, { kind: "foreign" }>;

/** Why something passes although its class is blocked. */
function passes(c: Case, kind: CredentialClass): Case["passedBy"] {
  if (isExcepted(c, kind, isLogin(c))) return "exception";
  return kind === "none" && c.known.application.preflight && isPreflight(c) ? "preflight" : null;
}

/** Whether the application's rule itself lets a class pass. No rule, or one that is none of the three, is a block. */
function isOpen(c: Case, kind: CredentialClass): boolean {
  const rule = c.known.application.rules[kind];
  return rule === "allow" || rule === "observe";
}

function judgeClass(c: Case, kind: CredentialClass): Finding | null {
  if (isOpen(c, kind)) return null;
  c.passedBy = passes(c, kind);
  return c.passedBy === null ? finding(BLOCKED[kind], kind) : null;
}

/**
 * A session log-in is the use of a password. Beside another credential of somebody else's it is one more: each needs its
 * own rule or exception, since both reach the upstream. It is recorded as a password where that is what is blocked.
 */
function judgeLogin(c: Case, credential: Foreign): Finding | null {
  const alone = credential.class === "none" && isLoginToAll(c);
  const refused = alone ? null : judgeClass(c, credential.class);
  if (refused !== null) return refused;
  if (alone || !isOpen(c, "password")) c.learntCredential = { ...credential, class: "password" };
  return judgeClass(c, "password");
}

/** What let through what is not ours, and whose rule that is. */
function passedRemark(c: Case, kind: CredentialClass): Remark {
  const rule = c.known.application.rules[kind];
  const what = `It is no token of ours (${kind})`;
  switch (c.passedBy) {
    case "exception":
      return {
        detail: `${what}. The application's rule blocks that, and an exception lets this request through.`,
        rule: `${rule}, except for ${exceptionInWords(c, kind)}`,
      };
    case "preflight":
      return {
        detail: "It is a CORS preflight. The application's rule blocks what has no credential, and lets those through.",
        rule: `${rule}, except for CORS preflights`,
      };
    default:
      return { detail: `${what}, and the application's rule lets it through.`, rule };
  }
}

/** Step 7: the one credential and its class; for what is not ours the application's rule of that class decides. */
export const credentialCheck: Check = {
  step: 7,
  name: "credential",
  judge(c) {
    const { sources } = c.known;
    const { prefixes } = c.installation;
    const found = credentialOf(c.request.headers, c.parameters, sources, prefixes, c.question.withholds);
    c.learntCredential = found;
    if (found.kind === "unusable") return finding(found.reason, found.rule);
    if (found.kind === "ours") return null;
    return isLogin(c) ? judgeLogin(c, found) : judgeClass(c, found.class);
  },
  alone(c) {
    const whose = checkSecret(c.alone, c.installation.prefixes);
    if (whose === "broken") return finding("token_malformed", "introspection");
    if (whose === "not ours") return finding("foreign_bearer_blocked", { kind: "unseen", what: "an exception" });
    c.learntCredential = { kind: "ours", digest: digestOf(c.alone), username: null };
    return null;
  },
  remark: (c) => {
    const { credential } = c;
    return credential.kind === "foreign"
      ? passedRemark(c, credential.class)
      : { detail: "One credential, a token of ours." };
  },
  advice(c, { reason, rule }) {
    if (reason === "credential_missing" && isPreflight(c))
      return "It is a CORS preflight: the application can let those through.";
    return rule?.kind === "handed_on" && rule.place === "query"
      ? "Send it in a header: a gateway hands the address on with the secret in it."
      : null;
  },
};
