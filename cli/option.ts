import { ok, type Result, refuse } from "#lib/errors/error";

/** One option of a command: how it is written, and what its texts mean. Read by `readOptions`. */
export type Option<V> = {
  /** What stands for the value in the help: `NAME`; null for a flag. */
  readonly placeholder: string | null;
  readonly about: string;
  /** `body`: needed where no `--json` brings it. */
  readonly needed: "always" | "body" | "never";
  readonly repeated: boolean;
  readonly read: (texts: readonly string[]) => Result<V>;
};

/** Turns one text into a value, or says what it should look like. */
export type Reader<T> = (text: string) => Result<T>;

const asItIs: Reader<string> = (text) => ok(text);

/** One of a few words. */
export function oneOf<const Word extends string>(words: readonly Word[]): Reader<Word> {
  return (text) => {
    const word = words.find((each) => each === text);
    return word === undefined ? refuse("malformed", `“${text}” is none of ${words.join(", ")}.`) : ok(word);
  };
}

/** A whole number, not negative. */
export const whole: Reader<number> = (text) =>
  /^\d{1,9}$/.test(text) ? ok(Number(text)) : refuse("malformed", `“${text}” is no whole number.`);

const last =
  <T>(reader: Reader<T>) =>
  (texts: readonly string[]): Result<T | undefined> => {
    const text = texts.at(-1);
    return text === undefined ? ok(undefined) : reader(text);
  };

/** An option without which the command makes no sense. */
export const required = (placeholder: string, about: string): Option<string> => ({
  ...{ placeholder, about, needed: "always", repeated: false },
  read: (texts) => ok(texts.at(-1) ?? ""),
});

/** The same for one that is repeated: at least once. */
export const needed = <V>(option: Option<V>): Option<V> => ({ ...option, needed: "always" });

/** An option that may be left out. */
export function optional(placeholder: string, about: string): Option<string | undefined>;
export function optional<T>(placeholder: string, about: string, reader: Reader<T>): Option<T | undefined>;
export function optional(placeholder: string, about: string, reader: Reader<unknown> = asItIs): Option<unknown> {
  return { placeholder, about, needed: "never", repeated: false, read: last(reader) };
}

/** A field that has to be said here, unless `--json` says it. */
export const field = <V>(option: Option<V>): Option<V> => ({ ...option, needed: "body" });

/** An option that is given once per value. */
export function repeated(placeholder: string, about: string): Option<string[]>;
export function repeated<T>(placeholder: string, about: string, reader: Reader<T>): Option<T[]>;
export function repeated(placeholder: string, about: string, reader: Reader<unknown> = asItIs): Option<unknown[]> {
  const read = (texts: readonly string[]): Result<unknown[]> => {
    const values: unknown[] = [];
    for (const text of texts) {
      const value = reader(text);
      if (!value.ok) return value;
      values.push(value.value);
    }
    return ok(values);
  };
  return { placeholder, about, needed: "never", repeated: true, read };
}

/** An option without a value: it is there or not. */
export const flag = (about: string): Option<boolean> => ({
  ...{ placeholder: null, about, needed: "never", repeated: false },
  read: (texts) => ok(texts.length > 0),
});

/** `displayName` as it is typed: `--display-name`. */
export const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** For commands that make something: the whole of it as REST takes it. */
export const JSON_BODY = optional("FILE|-", "the body of the REST request, from a file or from stdin");
