import { ADVICE } from "#lib/verification/advice";
import { REASONS, type RefusalCode, reasonWords } from "#lib/verification/reasons";
import { RULE_KINDS } from "#lib/verification/rule";

/** The kinds that a rule may be of: one, or two where what stands above a token refuses too, or a reading is kept out. */
const KINDS = RULE_KINDS.flatMap((one) => [[one], ...RULE_KINDS.map((two) => [one, two])]);

const remediesOf = (code: RefusalCode): readonly string[] => [
  ...new Set([REASONS[code].remedy, ...KINDS.map((kinds) => reasonWords(code, kinds).remedy)]),
];

const adviceOn = (code: RefusalCode): readonly string[] =>
  Object.entries(ADVICE).find(([of]) => of === code)?.[1] ?? [];

const said = (sentence: string): RegExp =>
  new RegExp(`^${sentence.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("…", ".+")}$`);

/** The sentences that were told together: a remedy, and advice where there was some. */
function sentencesIn(code: RefusalCode, told: string): readonly string[] {
  for (const remedy of remediesOf(code)) {
    if (told === remedy) return [remedy];
    if (!told.startsWith(`${remedy} `)) continue;
    const advice = adviceOn(code).find((each) => said(each).test(told.slice(remedy.length + 1)));
    if (advice !== undefined) return [remedy, advice];
  }
  throw new Error(`Of ${code} nobody can say: ${told}`);
}

/** What joins the ways that one sentence names. */
const JOINT = /^[\s.,:;]*(?:or|and)?\s*$/;

/** What of all that Explain can say somebody did, word for word: each sentence, and of each sentence every way. */
export class Followed {
  readonly #ways = new Map<string, string[]>();

  /** @param follows the words that are followed, `…` for a name @param told what Explain said of the refusal */
  note(code: RefusalCode, follows: string, told: string): void {
    const sentences = sentencesIn(code, told).filter((each) => each.includes(follows));
    if (sentences.length === 0) throw new Error(`"${follows}" is not what was told of ${code}: ${told}`);
    for (const sentence of sentences) {
      const key = `${code}: ${sentence}`;
      this.#ways.set(key, [...(this.#ways.get(key) ?? []), follows]);
    }
  }

  /** What nobody did, of all that can be said of these reasons. */
  missing(codes: readonly RefusalCode[]): readonly string[] {
    return codes.flatMap((code) =>
      [...remediesOf(code), ...adviceOn(code)].flatMap((sentence) => {
        const ways = (this.#ways.get(`${code}: ${sentence}`) ?? []).toSorted((a, b) => b.length - a.length);
        const left = ways.reduce((text, way) => text.replaceAll(way, "\n"), sentence).split("\n");
        return left.filter((part) => !JOINT.test(part)).map((part) => `${code}: "${part.trim()}" of: ${sentence}`);
      }),
    );
  }
}
