import { type Ability, can } from "#lib/access/can";
import type { Actor } from "#lib/access/viewer";
import { ok, type Result, refuse } from "#lib/errors/error";

/** What `allows` is made of: decides on who asks, what was found, what they want and when; no I/O. */
type Rule<Who, Subject, Input> = (actor: Who, subject: Subject, input: Input, now: number) => Result<void>;

/**
 * Allows who has the ability by role.
 * @param sentence what others are told: `Only administrators make networks.`
 */
export const byRole =
  (ability: Ability, sentence: string) =>
  (actor: Actor): Result<undefined> =>
    can(actor, ability) ? ok(undefined) : refuse("forbidden", sentence);

/** Something that counts its changes, and who changes it says which of them was read. */
type Versioned = { readonly version: number };

/**
 * Whether something is still as it was read.
 * @param what the noun, for the sentence: `network`
 */
export const asRead = (what: string, before: Versioned, input: Versioned): Result<undefined> =>
  before.version === input.version
    ? ok(undefined)
    : refuse("stale", `Somebody changed this ${what} meanwhile. Read it again and repeat your change.`);

/**
 * Allows a change of what has not changed since it was read.
 * @param what the noun, for the sentence: `network`
 */
export const notStale =
  (what: string) =>
  (_actor: Actor, before: Versioned, input: Versioned): Result<undefined> =>
    asRead(what, before, input);

/** Allows what every rule allows; the first that does not says why. */
export const inTurn =
  <Who, Subject, Input>(...rules: readonly Rule<Who, Subject, Input>[]) =>
  (actor: Who, subject: Subject, input: Input, now: number): Result<undefined> => {
    for (const rule of rules) {
      const allowed = rule(actor, subject, input, now);
      if (!allowed.ok) return allowed;
    }
    return ok(undefined);
  };
