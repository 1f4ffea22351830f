import { checkSecret, type Prefixes } from "#lib/tokens/secret";

/** What stands where a secret was found. */
export const REDACTED = "(redacted)";

const LONGEST = 64;
/** What well-known tokens begin with, and JWTs. */
const FOREIGN_SECRET = /^(?:eyJ|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|ATATT|ATCTT|AKIA|npm_|sk-|Bearer\s)/;
const LONG_RUN = /[A-Za-z0-9+/=_-]{20,}/;

/** Whether a run of characters mixes letters and digits as no name does: hexadecimal keys, base64, base62. */
function looksRandom(text: string): boolean {
  const run = LONG_RUN.exec(text)?.[0];
  if (run === undefined) return false;
  const switches = run.match(/[A-Za-z](?=[0-9])|[0-9](?=[A-Za-z])|[a-z](?=[A-Z])/g)?.length ?? 0;
  return switches >= 4;
}

/**
 * A username that came with a credential, fit to be kept: names are shown to administrators as *claimed*, and people
 * type secrets into the wrong field.
 */
export function claimedName(name: string, prefixes: Prefixes): string | null {
  if (name === "") return null;
  const secret = name.length > LONGEST || checkSecret(name, prefixes) !== "not ours" || FOREIGN_SECRET.test(name);
  return secret || looksRandom(name) ? REDACTED : name;
}
