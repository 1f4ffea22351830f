import { ok, type Result, refuse } from "#lib/errors/error";

/** NIST SP 800-63B-4: fifteen characters where the password is the only factor; no composition rules, no rotation. */
export const SHORTEST_PASSWORD = 15;
export const LONGEST_PASSWORD = 128;

/** How strong zxcvbn must find it, of 0 to 4: 3 is safe against an offline attack on a slow hash. */
const LEAST_SCORE = 3;

type Judge = (password: string, ownWords: readonly string[]) => { score: number };
let judge: Judge | null = null;

/** The word lists weigh megabytes: loaded when the first password is set, never by pages or the verifier. */
async function loadJudge(): Promise<Judge> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
  ]);
  const factory = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, useLevenshteinDistance: false });
  return (password, ownWords) => factory.check(password, [...ownWords]);
}

/** One spelling for one password, whichever keyboard composed it (NIST SP 800-63B-4 §3.1.1.2). */
export const normalisePassword = (password: string): string => password.normalize("NFKC");

/**
 * Judges a new password.
 * @param ownWords username, e-mail, display name: what others would guess first
 * @returns nothing, or `invalid_input` at `password` with a sentence that says what to do
 */
export async function judgePassword(password: string, ownWords: readonly string[]): Promise<Result<void>> {
  const length = [...normalisePassword(password)].length;
  if (length < SHORTEST_PASSWORD) return refused(`Use at least ${SHORTEST_PASSWORD} characters; a few words do well.`);
  if (length > LONGEST_PASSWORD) return refused(`Use at most ${LONGEST_PASSWORD} characters.`);
  judge ??= await loadJudge();
  const own = ownWords
    .flatMap((word) => [word, ...word.split(/[^\p{L}\p{N}]+/u)])
    .map((word) => normalisePassword(word).toLowerCase())
    .filter((word) => word.length > 2);
  const plain = normalisePassword(password).slice(0, 72);
  // What is left without the own words must be strong by itself: repeating one's name adds nothing.
  const rest = own.reduce((left, word) => left.replaceAll(word, ""), plain.toLowerCase());
  if (Math.min(judge(plain, own).score, judge(rest, own).score) < LEAST_SCORE) {
    return refused(
      "This password is easy to guess: common, repetitive, or made of your own name. Take a few unrelated words.",
    );
  }
  return ok(undefined);
}

const refused = (message: string) => refuse("invalid_input", message, [{ path: "password", message }]);
