import type { CredentialClass, FilterRule } from "#lib/applications/application";
import type { NamedQuota } from "#lib/errors/quota";
import type { Access } from "#lib/policies/limits";
import type { Kept } from "./kept";
import type { RefusalCode, UndecidedCode } from "./reasons";
import type { Rule } from "./rule";

/** Whom an allowed token request is for, as this application knows that person. */
export type Identity = {
  readonly tokenId: string;
  readonly tokenName: string;
  readonly userId: string;
  /** The name in this application, in the directory's spelling. */
  readonly username: string;
  /** Refs of groups. */
  readonly groups: readonly string[];
  /** The least of token, grant and ceiling. */
  readonly access: Access;
  /** Epoch milliseconds. */
  readonly expiresAt: number | null;
};

/** What was learnt on the way, for recorder, log and answers. Nothing here is secret. */
export type Subject = {
  readonly gatewayKey: string | null;
  readonly applicationKey: string | null;
  readonly clientAddress: string | null;
  /** `token`, the class of what is not ours, or null where it was refused before that was known. */
  readonly auth: "token" | CredentialClass | null;
  /** Username that came with a credential that is not ours: claimed, not verified; what looks like a secret is redacted. */
  readonly claimedName: string | null;
  readonly tokenId: string | null;
  readonly ownerId: string | null;
  readonly method: string | null;
  /** Canonical path, without query. */
  readonly path: string | null;
  /** `write` unless known to be a read. */
  readonly access: Access | null;
  /** Filter rules that recognised the request and only observe it, each once. */
  readonly observedRules: readonly FilterRule[];
  /** To be recorded one by one: the application's rule for this class is `observe`, or an exception let it through. */
  readonly observed: boolean;
};

/** What is left of a rate limit: so many a minute, requests that are left now, seconds until it is whole or one is left again. */
export type Quota = Omit<NamedQuota, "policy">;

export type Refused = {
  readonly allowed: false;
  readonly reason: RefusalCode;
  /** Which rule, range or tier refused, for log and Explain; never for the client. */
  readonly rule: Rule | null;
  readonly subject: Subject;
  /** With 429: the rate limit that is used up, and when to come again. */
  readonly quota: NamedQuota | null;
  /** What is kept of a token's request so that it can be judged again; null where it cannot. */
  readonly kept: Kept | null;
  /** What was thrown, for the log; only with 503. */
  readonly cause?: unknown;
};

/** Makes a refusal. @param more what is told with some: the rate limit, and what is kept of a token's request */
export function refuseRequest(
  reason: RefusalCode,
  rule: Rule | null,
  subject: Subject,
  { quota = null, kept = null }: Partial<Pick<Refused, "quota" | "kept">> = {},
): Refused {
  return { allowed: false, reason, rule, subject, quota, kept };
}

const NOBODY: Subject = {
  gatewayKey: null,
  applicationKey: null,
  clientAddress: null,
  auth: null,
  claimedName: null,
  tokenId: null,
  ownerId: null,
  method: null,
  path: null,
  access: null,
  observedRules: [],
  observed: false,
};

/**
 * Makes the refusal of what could not be decided: too late, no facts, facts too old, something thrown.
 * @param cause what was thrown, if anything
 */
export function undecided(reason: UndecidedCode, cause?: unknown, subject: Subject = NOBODY): Refused {
  return { allowed: false, reason, rule: null, subject, quota: null, kept: null, cause };
}
