import type { Restricted } from "#lib/tokens/restrictions/restricted";

type GroupFacts = { readonly id: string; readonly ref: string };

const NO_TEXTS: readonly string[] = Object.freeze([]);
const NO_GROUPS: readonly GroupFacts[] = Object.freeze([]);

/** What no text in PostgreSQL can hold: two different lists never have the same key. */
const APART = "\u0000";

/**
 * Makes equal lists and groups of many facts the same object, so that a hundred thousand tokens of a few hundred
 * groups stay small. Bounded: beyond `most` it begins anew, and only sharing is lost.
 */
export class Sharing {
  readonly #most: number;
  readonly #texts = new Map<string, readonly string[]>();
  readonly #lists = new Map<string, readonly GroupFacts[]>();
  readonly #restricted = new Map<string, Restricted>();
  readonly #groups = new Map<string, GroupFacts>();

  constructor(most = 5_000) {
    this.#most = most;
  }

  texts(list: readonly string[]): readonly string[] {
    if (list.length === 0) return NO_TEXTS;
    return this.#same(this.#texts, list.join(APART), () => Object.freeze(list));
  }

  groups(list: readonly GroupFacts[]): readonly GroupFacts[] {
    if (list.length === 0) return NO_GROUPS;
    const key = list.map(({ id, ref }) => id + APART + ref).join(APART);
    return this.#same(this.#lists, key, () =>
      Object.freeze(list.map((group) => this.#same(this.#groups, group.id + APART + group.ref, () => group))),
    );
  }

  restricted(key: string, make: () => Restricted): Restricted {
    return this.#same(this.#restricted, key, make);
  }

  #same<T>(known: Map<string, T>, key: string, make: () => T): T {
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= this.#most) known.clear();
    const made = make();
    known.set(key, made);
    return made;
  }
}
