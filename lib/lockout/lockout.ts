/** Days for which what was recorded is looked through. */
export const LOOK_BACK_DAYS = 30;

/** Somebody who came in that time and would be refused by a change. */
export type Loss = {
  /** How many; null where it is about one thing that the words name. */
  readonly count: number | null;
  /** What they are and what becomes of them; follows the number. */
  readonly what: string;
  /** Some of them by name: of what is not ours as it was claimed. */
  readonly examples: readonly string[];
  /** There are more of what the examples are. */
  readonly more: boolean;
};

/** Whom a change would turn away, by what was recorded; and what no record can tell. */
export type Lockout = {
  /** ISO 8601: what was recorded before does not count. */
  readonly since: string;
  readonly losses: readonly Loss[];
  readonly unknown: readonly string[];
};

/** What a judgement comes to, before it is dated. */
export type Foreseen = Pick<Lockout, "losses" | "unknown">;

/** Names that a loss gives at most. */
export const EXAMPLES = 5;

/**
 * A loss of so many, and no loss where there are none.
 * @param names all of what is named, or the first of them
 * @param all how many of those there are, which need not be what is counted
 */
export const lossOf = (count: number, what: string, names: readonly string[] = [], all = names.length): Loss[] => {
  const examples = names.slice(0, EXAMPLES);
  return count === 0 ? [] : [{ count, what, examples, more: all > examples.length }];
};

/** A loss that is about one thing. */
export const lossOfOne = (what: string, names: readonly string[] = []): Loss => {
  const examples = names.slice(0, EXAMPLES);
  return { count: null, what, examples, more: names.length > examples.length };
};

/** *1 token*, *3 tokens*, *1,204 tokens*. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
