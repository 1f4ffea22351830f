import type { CredentialClass } from "#lib/applications/application";
import { checkSecret, digestOf } from "#lib/tokens/secret";
import type { Case } from "../case";
import { type Check, type Finding, finding } from "../check";
import { type Credential, credentialOf } from "../credential";
import { compilePattern, matches } from "../pattern";
import { isPreflight } from "../preflight";
import { otherReadings } from "../readings";
import type { RefusalCode } from "../reasons";
import { isExcepted } from "./exception";

const BLOCKED = {
  password: "password_blocked",
  foreignBearer: "foreign_bearer_blocked",
  oauth1: "oauth1_blocked",
  otherScheme: "other_scheme_blocked",
  none: "credential_missing",
} as const satisfies Record<CredentialClass, RefusalCode>;

/** Jira's log-in by REST: name and password are in the body, which nobody sends us. */
const SESSION = compilePattern("/rest/auth/*/session*", true);

/** Whether name and password are in the body, however somebody might read the path. */
function isLogin(c: Case): boolean {
  if (c.request.method !== "POST") return false;
  const logsIn = (segments: readonly string[]) => matches(SESSION, segments, c.depth);
  return logsIn(c.target.segments) || otherReadings(c.target).some(logsIn);
}

/**
 * A session log-in is the use of a password. Beside another credential of somebody else's it is one more: then a rule
 * against either holds.
 */
function withSessionLogin(c: Case, credential: Credential): Credential {
  if (credential.kind !== "foreign" || !isLogin(c)) return credential;
  const counts = credential.class === "none" || c.known.application.rules.password === "block";
  return counts ? { ...credential, class: "password" } : credential;
}

/** Whether a log-in came beside another credential: an exception for the one is none for the other. */
const isBeside = (found: Credential, counted: Credential): boolean => found !== counted && classOf(found) !== "none";

const classOf = (credential: Credential) => (credential.kind === "foreign" ? credential.class : null);

/** Why something passes although its class is blocked. */
function passes(c: Case, kind: CredentialClass): Case["passedBy"] {
  if (isExcepted(c, kind, isLogin(c))) return "exception";
  return kind === "none" && c.known.application.preflight && isPreflight(c) ? "preflight" : null;
}

function judgeClass(c: Case, credential: Credential): Finding | null {
  if (credential.kind === "unusable") return finding(credential.reason, credential.rule);
  if (credential.kind === "ours") return null;
  const rule = c.known.application.rules[credential.class];
  // A class without a rule, or a rule that is none of the three, is a block.
  if (rule === "allow" || rule === "observe") return null;
  c.passedBy = passes(c, credential.class);
  return c.passedBy === null ? finding(BLOCKED[credential.class], credential.class) : null;
}

const PASSED = {
  exception: "an exception of the application lets it through.",
  preflight: "a CORS preflight, which the application lets through.",
} as const;

/** Step 7: the one credential and its class; for what is not ours the application's rule of that class decides. */
export const credentialCheck: Check = {
  step: 7,
  name: "credential",
  judge(c) {
    const { sources } = c.known;
    const found = credentialOf(c.request.headers, c.parameters, sources, c.installation.prefixes);
    c.learntCredential = withSessionLogin(c, found);
    return judgeClass(c, c.learntCredential) ?? (isBeside(found, c.learntCredential) ? judgeClass(c, found) : null);
  },
  alone(c) {
    const whose = checkSecret(c.alone, c.installation.prefixes);
    if (whose === "broken") return finding("token_malformed", "introspection");
    if (whose === "not ours") return finding("foreign_bearer_blocked", "introspection");
    c.learntCredential = { kind: "ours", digest: digestOf(c.alone), username: null };
    return null;
  },
  remark: (c) => {
    const { credential, passedBy } = c;
    if (credential.kind !== "foreign") return { detail: "One credential, a token of ours." };
    const rule = c.known.application.rules[credential.class];
    const why = passedBy === null ? "the application's rule lets it through." : PASSED[passedBy];
    return { detail: `Not a token of ours (${credential.class}): ${why}`, rule };
  },
  advice: (c, { reason }) =>
    reason === "credential_missing" && isPreflight(c)
      ? "It is a CORS preflight: the application can let those through."
      : null,
};
