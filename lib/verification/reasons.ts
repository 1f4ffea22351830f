import {
  mayPass,
  type Reason,
  refused,
  tooOften,
  UNAUTHENTICATED,
  UNAVAILABLE,
  unauthenticated,
  undecided,
  unreadable,
} from "./reason";
import { RIGHTS_REASONS } from "./reasons-of-rights";
import { remedyByRule } from "./remedy-by-rule";
import type { RuleKind } from "./rule";

/**
 * THE closed catalogue of the verifier: every way a verification can end. Each code belongs to exactly one step of
 * the list (those of 503 to any). docs/verification.md and the sentences of gateways/nginx are generated from it.
 */
export const REASONS = {
  undecided: undecided(
    "Something unexpected happened while deciding.",
    "Look for the request id in the verifier's log, which has what was thrown; go on with a version without the mistake.",
  ),
  deadline_exceeded: undecided(
    "Deciding took longer than 150 ms.",
    "Ask again. If it stays so, see what keeps the verifier: a busy processor, or a machine that stands still.",
  ),
  facts_unavailable: undecided(
    "The facts needed are not in memory and the database does not answer.",
    "Bring the database back; the verifier recovers by itself.",
  ),
  facts_unconfirmed: undecided(
    "The database has not confirmed the facts in memory for longer than CONFIRMATION_BOUND_SECONDS.",
    "Bring the database back; the verifier recovers by itself.",
  ),
  assertion_unavailable: undecided(
    "The application is told who it is by assertion, and this verifier cannot open the key that signs it.",
    "Give the verifier LATCHKEY_ASSERTION_SECRET, as `latchkey key derive --purpose assertion` prints it.",
  ),
  quarantined: undecided(
    "The installation is in quarantine: its database is older than its journal or than what the verifier knew, or a copy of another one.",
    "After a restore run `latchkey journal replay`, for a copy `latchkey journal dismiss`; where no portal runs, start it first. Where the journal tells of nothing that is not done again, an administrator can end the quarantine in the portal.",
  ),

  gateway_unauthorized: refused(1, {
    meaning:
      "The caller is no gateway of ours: unknown key, wrong secret, foreign peer address, or another adapter's endpoint.",
    remedy: "Compare key, secret, adapter and peers of the gateway with its configuration.",
    help: "gateway",
    sentence: "This gateway is not set up correctly. Tell whoever runs it.",
  }),

  request_unreadable: unreadable(2, {
    meaning: "The gateway did not say exactly once what the original request was, or said something that cannot be.",
    remedy: "Use the configuration that Latchkey gives for this gateway.",
    help: "gateway",
    sentence: "The gateway could not describe this request. Tell whoever runs it.",
  }),
  method_refused: refused(2, {
    meaning: "The method is not well-formed, or is TRACE, TRACK, CONNECT or DEBUG.",
    remedy: "Use another method.",
    help: "request",
    sentence: "This HTTP method is not allowed here.",
  }),

  path_refused: refused(3, {
    meaning: "The request target is one that gateway and upstream could read differently.",
    remedy: "Send a plain path: no dot segments, control characters, broken escapes or fragments.",
    help: "path",
    sentence:
      "The address of this request is written in a way that is not allowed. Send a plain, percent-encoded path.",
  }),

  application_unknown: refused(4, {
    meaning: "Host and path belong to no application of this gateway.",
    remedy: "Add the route to an application, and the application to the gateway.",
    help: "application",
    sentence: "No application is set up at this address. Tell whoever runs it.",
  }),

  address_refused: refused(5, {
    meaning: "The client's address is outside the installation's ranges.",
    remedy: "Call from an allowed network, or widen the ranges in the settings.",
    help: "address",
    sentence: "Requests from your network address are not allowed here.",
  }),

  too_many_failures: tooOften(6, {
    meaning: "Too many secrets that are none came from this address; good tokens pass from there all the same.",
    remedy:
      "Send a token that is good: it passes from there at once. Find who sends the others; wait as long as Retry-After says, which grows. From then on as many more are borne as the settings say.",
    help: "sign-in",
    sentence: "Too many failed attempts came from your network address. Wait a little, then use a valid token.",
  }),

  invalid_request: unreadable(7, {
    meaning: "More than one credential came with the request, or one that cannot be read.",
    remedy: "Send exactly one credential: Basic, Bearer or the token header.",
    help: "sign-in",
    sentence: "The request carries more than one credential, or one that cannot be read. Send exactly one.",
  }),
  token_malformed: unauthenticated(
    7,
    "A secret with our prefix that cannot be one: shortened, lengthened or mistyped.",
    "Copy the whole secret again.",
  ),
  source_refused: unauthenticated(
    7,
    "A token of ours in a place where this application takes none, or from where its gateway would hand the secret on: an address, or a header that its configuration does not take away.",
    "Send it as Basic password or Bearer, or allow the place in the application and put its gateway's configuration in place anew.",
  ),
  credential_missing: unauthenticated(7, "No credential came, and the application asks for one.", "Send a token."),
  password_blocked: refused(7, {
    meaning: "A password was sent, and the application blocks passwords.",
    remedy: "Use a token in place of the password, or make an exception in the application.",
    help: "password",
    sentence: "Passwords are not accepted here. Create a token in Latchkey and send it in place of the password.",
  }),
  foreign_bearer_blocked: refused(7, {
    meaning: "A Bearer token that is not ours was sent, and the application blocks those.",
    remedy: "Use a Latchkey token, or make an exception in the application.",
    help: "password",
    sentence: "Only Latchkey tokens are accepted here. Create one and send it in place of yours.",
  }),
  oauth1_blocked: refused(7, {
    meaning: "A request signed with OAuth 1 was sent, and the application blocks those.",
    remedy: "Use a Latchkey token, or allow OAuth 1 in the application.",
    help: "password",
    sentence: "OAuth 1 is not accepted here. Create a token in Latchkey and use it.",
  }),
  other_scheme_blocked: refused(7, {
    meaning: "A credential of another scheme (Negotiate, Digest …) was sent, and the application blocks those.",
    remedy: "Use a Latchkey token, or make an exception in the application.",
    help: "password",
    sentence: "This way of signing in is not accepted here. Create a token in Latchkey and use it.",
  }),
  let_through: mayPass(7, "Not a credential of ours; the application's rule lets it pass without identity."),

  path_blocked: refused(8, {
    meaning:
      "Tokens do not reach this path, or where its Destination leads: it is not on the positive list, mints credentials, or looks like an attack.",
    remedy:
      "Use the application's REST API. An administrator can list a path in the application and set its path filter; what is never open stays closed.",
    help: "path",
    sentence: "Tokens cannot be used for this path. Use the REST API, or ask an administrator.",
  }),

  token_unknown: unauthenticated(9, "No token has this secret.", "Use a token that exists in this installation."),

  token_revoked: unauthenticated(10, "The token was revoked.", "Create a new one."),
  token_denied: unauthenticated(10, "The token was asked for and denied.", "Use another one."),
  token_expired: unauthenticated(10, "The token has expired.", "Create a new one."),
  token_suspended: unauthenticated(10, "The token is suspended.", "Resume it."),
  token_pending: unauthenticated(10, "The token has no secret yet.", "Open its claim link, which makes its secret."),
  token_superseded: unauthenticated(10, "The token was rotated and its overlap is over.", "Use the successor."),

  owner_inactive: unauthenticated(
    11,
    "The owner is deactivated.",
    "Reactivate the owner, or use a token of somebody else.",
  ),

  username_mismatch: unauthenticated(
    12,
    "The Basic username is not the owner's.",
    "Send the owner's username or the word token.",
  ),

  ...RIGHTS_REASONS,

  allowed: mayPass("allow", "The token is good and may do this."),
} as const satisfies Record<string, Reason>;

export type ReasonCode = keyof typeof REASONS;

type MeaningAndRemedy = { readonly meaning: string; readonly remedy: string };

/**
 * What a stored code means and what to do; a code that this version does not know, a newer verifier's, is named.
 * @param kinds of the rule, where they are known: then only what helps against it is told
 */
export function reasonWords(code: string, kinds: readonly RuleKind[] = []): MeaningAndRemedy {
  const known: Readonly<Record<string, MeaningAndRemedy>> = REASONS;
  const words = Object.hasOwn(known, code) ? known[code] : undefined;
  if (words === undefined) return { meaning: `It was refused: ${code}.`, remedy: "Ask your administrator." };
  return { meaning: words.meaning, remedy: remedyByRule(code, kinds) ?? words.remedy };
}

/** The codes with a given status. */
type Having<Status extends number> = {
  [C in ReasonCode]: (typeof REASONS)[C]["status"] extends Status ? C : never;
}[ReasonCode];

export type AllowCode = Having<200>;
export type RefusalCode = Having<400 | 401 | 403 | 429 | 503>;
export type LimitCode = Having<429>;
export type UndecidedCode = Having<503>;

/**
 * The code that may leave the house: all 401s are one, so that nobody learns whether a token ever existed, and all 503s.
 */
export function publicCode(code: ReasonCode): ReasonCode | typeof UNAUTHENTICATED.code | typeof UNAVAILABLE.code {
  const { status } = REASONS[code];
  return status === 401 ? UNAUTHENTICATED.code : status === 503 ? UNAVAILABLE.code : code;
}
