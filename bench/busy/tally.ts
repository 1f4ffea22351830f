/**
 * What came of one kind of work: `whole` answers that were as they should be, `pieces` of what it is about
 * (pages, rows, events, log-ins sent away), and `wrong` ones with the first of them in words.
 */
export type Tally = { whole: number; pieces: number; wrong: number; example: string };

export const newTally = (): Tally => ({ whole: 0, pieces: 0, wrong: 0, example: "" });

/** Counts an answer. @param words about it, if it is not what it should be */
export function judge(tally: Tally, isRight: boolean, words: string): void {
  if (isRight) tally.whole += 1;
  else {
    tally.wrong += 1;
    tally.example ||= words.slice(0, 200);
  }
}
