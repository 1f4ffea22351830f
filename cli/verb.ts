import { ok, type Result, refuse } from "#lib/errors/error";
import type { Desk } from "./desk";
import { flagOf, type Option } from "./option";

export type Options = Readonly<Record<string, Option<unknown>>>;

/** What was typed, by the name of the option; a flag is one empty text. */
export type Texts = Readonly<Record<string, readonly string[] | undefined>>;

type Given<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer V> ? V : never };

/** One command: what it is for, its options, and how it is done. */
export type Verb = {
  readonly about: string;
  readonly options: Options;
  /** What it prints holds a secret, which `--secret-file` takes. */
  readonly makesSecret: boolean;
  readonly act: (texts: Texts, desk: Desk) => Promise<Result<object>>;
  /** An answer that is none to be glad of: printed, with exit status 1. */
  readonly fails: (answer: object) => boolean;
};

/** A noun with its verbs, or a verb that stands alone (`latchkey verify`). */
export type Noun = Verb | Readonly<Record<string, Verb>>;

type Spec<O extends Options> = {
  readonly about: string;
  readonly options: O;
  readonly makesSecret?: boolean;
  readonly run: (given: Given<O>, desk: Desk) => Promise<Result<object>>;
  readonly fails?: (answer: object) => boolean;
};

/** Declares a command; what `run` is given has the types of its options. */
export const verb = <O extends Options>({ run, makesSecret = false, fails = () => false, ...spec }: Spec<O>): Verb => ({
  ...{ ...spec, makesSecret, fails },
  act: async (texts, desk) => {
    const given = readOptions(spec.options, texts);
    return given.ok ? run(given.value, desk) : given;
  },
});

const isMissing = ({ needed }: Option<unknown>, texts: readonly string[], json: boolean): boolean =>
  texts.length === 0 && (needed === "always" || (needed === "body" && !json));

/** @returns `malformed`, which is wrong usage, naming the option and saying what it needs */
function readOptions<O extends Options>(options: O, texts: Texts): Result<Given<O>> {
  const given: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(options)) {
    const own = texts[name] ?? [];
    const flag = flagOf(name);
    if (isMissing(option, own, texts.json !== undefined))
      return refuse("malformed", `Give ${flag} ${option.placeholder}.`);
    if (own.length > 1 && !option.repeated) return refuse("malformed", `Give ${flag} once.`);
    const value = option.read(own);
    if (!value.ok) return refuse("malformed", `${flag}: ${value.refusal.detail}`);
    given[name] = value.value;
  }
  // Filled by the very options that the type is made from; the compiler does not follow a loop.
  return ok(given as Given<O>);
}
