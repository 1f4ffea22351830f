import { ok, type Result, refuse } from "#lib/errors/error";
import type { Desk } from "./desk";
import { flagOf, type Option, optional } from "./option";
import { keepingSecret } from "./secret-file";

type Options = Readonly<Record<string, Option<unknown>>>;

/** What was typed, by the name of the option; a flag is one empty text. */
export type Texts = Readonly<Record<string, readonly string[] | undefined>>;

type Given<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer V> ? V : never };

/** One command: what it is for, its options, and how it is done. */
export type Verb = {
  readonly about: string;
  readonly options: Options;
  readonly act: (texts: Texts, desk: Desk) => Promise<Result<object>>;
  /** Answers that are none to be glad of: printed, with exit status 1. */
  readonly fails: (answer: object) => boolean;
};

/** A noun with its verbs, or a verb that stands alone (`latchkey verify`). */
export type Noun = Verb | Readonly<Record<string, Verb>>;

export const isVerb = (noun: Noun): noun is Verb => typeof noun.act === "function";

type Spec<O extends Options> = {
  readonly about: string;
  readonly options: O;
  readonly run: (given: Given<O>, desk: Desk) => Promise<Result<object>>;
  readonly fails?: Verb["fails"];
};

/** Declares a command; what `run` is given has the types of its options. */
export const verb = <O extends Options>({ run, fails = () => false, ...spec }: Spec<O>): Verb => ({
  ...{ ...spec, fails },
  act: async (texts, desk) => {
    const given = readOptions(spec.options, texts);
    return given.ok ? run(given.value, desk) : given;
  },
});

const KEPT = {
  secretFile: optional("F", "write the secret into this new file (mode 0600) instead of printing it"),
};

/** The same for a command whose answer holds a secret. */
export function makingSecret<O extends Options>(spec: Spec<O>): Verb {
  const plain = verb(spec);
  return {
    ...plain,
    options: { ...plain.options, ...KEPT },
    act: async (texts, desk) => {
      const kept = readOptions(KEPT, texts);
      if (!kept.ok) return kept;
      const act = () => plain.act(texts, desk);
      return kept.value.secretFile === undefined ? act() : keepingSecret(kept.value.secretFile, act);
    },
  };
}

const isMissing = ({ needed }: Option<unknown>, texts: readonly string[], json: boolean): boolean =>
  texts.length === 0 && (needed === "always" || (needed === "body" && !json));

/** @returns `malformed`, which is wrong usage, naming the option and saying what it needs */
export function readOptions<O extends Options>(options: O, texts: Texts): Result<Given<O>> {
  const given: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(options)) {
    const own = texts[name] ?? [];
    const flag = flagOf(name);
    if (isMissing(option, own, texts.json !== undefined)) {
      return refuse("malformed", `Give ${flag} ${option.placeholder}.`);
    }
    if (own.length > 1 && !option.repeated) return refuse("malformed", `Give ${flag} once.`);
    const value = option.read(own);
    if (!value.ok) return refuse("malformed", `${flag}: ${value.refusal.detail}`);
    given[name] = value.value;
  }
  // Filled by the very options that the type is made from; the compiler does not follow a loop.
  return ok(given as Given<O>);
}
