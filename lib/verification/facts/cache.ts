import { LRUCache } from "lru-cache";
import type { Change } from "../propagation/propagation";
import { Fence, type Ticket } from "./fence";
import type { TokenFacts } from "./model";

/** What one load brought: the timeline and head of its own snapshot, and the tokens it found, by digest. */
export type Loaded = {
  readonly timeline: string;
  readonly asOf: number;
  readonly found: ReadonlyMap<string, TokenFacts | "unreadable">;
};

/** `unknown`: no token has this digest. `unreadable`: one has, and nobody can say what it is. */
export type Looked = TokenFacts | "unknown" | "unreadable";

export type CacheLimits = {
  /** Tokens held in memory; the least recently used leave first. */
  readonly tokens: number;
  /** Digests remembered as unknown, so that one wrong secret does not ask the database again and again. */
  readonly unknown: number;
  /** Changed keys remembered singly by the fence. */
  readonly touched: number;
};

/** How many tokens, unknown digests and changes are remembered where nobody says otherwise. */
export const CACHE_LIMITS: CacheLimits = { tokens: 100_000, unknown: 10_000, touched: 20_000 };

/** An ordinary token has fewer entries in its lists; one with many takes the room of several. */
const ENTRIES = 16;

function weightOf({ token, owner }: TokenFacts): number {
  const { applications, ipRanges, waiver } = token;
  const named = applications === "all" ? 0 : applications.length;
  const kept = waiver === null ? 0 : waiver.keeps.ipRanges.length + waiver.keeps.applications.length;
  return 1 + Math.floor((named + kept + ipRanges.length + owner.aliases.length + owner.groups.length) / ENTRIES);
}

/** How long an unknown digest is believed to be unknown. */
export const UNKNOWN_MS = 1_000;

/**
 * Facts of tokens under the digest of the whole secret. Never decisions, never older than the last applied change:
 * changes evict, and the fence keeps out what was read before them. Memory is bounded in every part.
 */
export class FactsCache {
  readonly fence: Fence;
  readonly #tokens: LRUCache<string, TokenFacts>;
  /** Digests by owner; nearly everybody has one, which then needs no set. */
  readonly #byOwner = new Map<string, string | Set<string>>();
  readonly #unknown = new Map<string, number>();
  readonly #limits: CacheLimits;

  constructor(limits: CacheLimits = CACHE_LIMITS, fence = new Fence(limits.touched)) {
    this.#limits = limits;
    this.fence = fence;
    this.#tokens = new LRUCache({
      max: limits.tokens,
      maxSize: limits.tokens,
      sizeCalculation: weightOf,
      dispose: (facts, digest) => this.#forgetOwner(facts.owner.id, digest),
    });
  }

  /** @returns what is known of this digest, or undefined where it must be loaded */
  find(digest: string, nowMonoMs: number): Looked | undefined {
    const facts = this.#tokens.get(digest);
    if (facts !== undefined) return facts;
    const until = this.#unknown.get(digest);
    return until !== undefined && nowMonoMs < until ? "unknown" : undefined;
  }

  /**
   * Takes in what a load brought, as far as nothing of it changed since its snapshot.
   * @param asked the digests of the load; those not found are unknown
   * @param settle called for each digest that is settled now; the others must be loaded again
   */
  admit(
    ticket: Ticket,
    loaded: Loaded,
    asked: Iterable<string>,
    nowMonoMs: number,
    settle: (digest: string, looked: Looked) => void,
  ): void {
    const { fence } = this;
    const { timeline, asOf, found } = loaded;
    if (!fence.isWhole(ticket, timeline, asOf)) return;
    for (const digest of asked) {
      if (!fence.isFresh(asOf, digest)) continue;
      const facts = found.get(digest);
      if (facts === undefined) {
        this.#rememberUnknown(digest, nowMonoMs + UNKNOWN_MS);
        settle(digest, "unknown");
      } else if (facts === "unreadable") {
        settle(digest, facts);
      } else if (fence.isFresh(asOf, facts.owner.id)) {
        this.#remember(digest, facts);
        settle(digest, facts);
      }
    }
  }

  /** Forgets whatever a change is about. To be called in the order of the changes. */
  apply({ seq, kind, key }: Change): void {
    if (kind === "token") {
      this.fence.touch(key, seq);
      this.#tokens.delete(key);
      this.#unknown.delete(key);
    } else if (kind === "user") {
      this.fence.touch(key, seq);
      const digests = this.#byOwner.get(key);
      if (typeof digests === "string") this.#tokens.delete(digests);
      else for (const digest of [...(digests ?? [])]) this.#tokens.delete(digest);
    } else if (kind !== "installation") {
      // Everything, or a kind that a later version added.
      this.fence.raise(seq);
      this.#clear();
    }
  }

  /** Forgets everything: what was read before `seq` counts no more. */
  flush(seq: number): void {
    this.fence.raise(seq);
    this.#clear();
  }

  /** Forgets everything: another timeline begins at `seq`. */
  restart(timeline: string, seq: number): void {
    this.fence.restart(timeline, seq);
    this.#clear();
  }

  get sizes(): {
    readonly tokens: number;
    readonly unknown: number;
    readonly owners: number;
    readonly touched: number;
  } {
    return {
      tokens: this.#tokens.size,
      unknown: this.#unknown.size,
      owners: this.#byOwner.size,
      touched: this.fence.size,
    };
  }

  #clear(): void {
    this.#tokens.clear();
    this.#byOwner.clear();
    this.#unknown.clear();
  }

  #remember(digest: string, facts: TokenFacts): void {
    this.#unknown.delete(digest);
    this.#tokens.set(digest, facts);
    const owner = facts.owner.id;
    const digests = this.#byOwner.get(owner);
    if (digests === undefined) this.#byOwner.set(owner, digest);
    else if (typeof digests !== "string") digests.add(digest);
    else if (digests !== digest) this.#byOwner.set(owner, new Set([digests, digest]));
  }

  #forgetOwner(owner: string, digest: string): void {
    const digests = this.#byOwner.get(owner);
    if (digests === digest) this.#byOwner.delete(owner);
    else if (digests instanceof Set) {
      digests.delete(digest);
      if (digests.size === 0) this.#byOwner.delete(owner);
    }
  }

  #rememberUnknown(digest: string, until: number): void {
    if (this.#limits.unknown === 0) return;
    // Deleted first, so that the order is that of the ends and the first one is the next to leave.
    this.#unknown.delete(digest);
    if (this.#unknown.size >= this.#limits.unknown) {
      const first = this.#unknown.keys().next();
      if (!first.done) this.#unknown.delete(first.value);
    }
    this.#unknown.set(digest, until);
  }
}
