import type { Case } from "./case";
import { type Check, type Finding, type Forecheck, finding } from "./check";
import { AFTER_LOOK_UP, BEFORE_LOOK_UP } from "./checks";
import { quarantineCheck } from "./checks/quarantine";
import type { Credential } from "./credential";

/** Told of each check as it is judged, in order. */
export type Told = (check: Check | Forecheck, found: Finding | null) => void;

/** What the list goes on with, or what it is over for. */
export type Usable = Exclude<Credential, { kind: "unusable" }>;

/** Judges one check after the other. @returns what the first says that refuses; null when none does */
export function first(checks: readonly Check[], c: Case, told?: Told): Finding | null {
  for (const check of checks) {
    const found = check.judge(c);
    if (told !== undefined) told(check, found);
    if (found !== null) return found;
  }
  return null;
}

/** Steps 1–8 without the quarantine: whose credential it is. */
export function walkToCredential(c: Case, told?: Told): Finding | Usable {
  const found = first(BEFORE_LOOK_UP, c, told);
  if (found !== null) return found;
  return usableOf(c.credential);
}

/** A credential with which the list goes on; why it ends with any other. */
export const usableOf = (credential: Credential): Finding | Usable =>
  credential.kind === "unusable" ? finding(credential.reason, credential.rule) : credential;

/**
 * The list as far as it goes without the token. Verifier and Explain walk it alike.
 * @returns why it ends here; a credential that is not ours, with which it also ends, and the request is let through; or
 *   one of ours, whose digest is to be looked up before `walkToken`
 */
export function walkRequest(c: Case, told?: Told): Finding | Usable {
  const found = quarantineCheck.judge(c);
  // No step of the list: told only when it stops everything.
  if (found !== null && told !== undefined) told(quarantineCheck, found);
  return found ?? walkToCredential(c, told);
}

/** Steps 9–19, on the token that was found. @returns why it is refused; null when the whole list has passed */
export function walkToken(c: Case, told?: Told): Finding | null {
  return first(AFTER_LOOK_UP, c, told);
}
