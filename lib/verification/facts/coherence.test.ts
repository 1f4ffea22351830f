import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tokenFacts } from "#test/token-facts";
import { type Change, type Progress, type Pulled, planOf, progressAfter } from "../propagation/propagation";
import { FactsCache, type Loaded, type Looked } from "./cache";
import { Fence, type Ticket } from "./fence";
import type { TokenFacts } from "./model";
import { epochOf } from "./statements";

const LIMITS = { tokens: 4, unknown: 2, touched: 3 };
/** How many changes this database keeps. */
const KEPT = 2;
const DIGESTS = ["d0", "d1", "d2", "d3"];
const OWNERS = ["maria", "erik"];

/** A database at one moment: who wrote what when (`stamp` is unique over all timelines, so that old facts show). */
type State = {
  readonly timeline: string;
  readonly seq: number;
  readonly tokens: Record<string, { owner: string; stamp: number }>;
  readonly owners: Record<string, number>;
  readonly changes: readonly (Change & { readonly mark: string })[];
  /** The epochs that this one goes on from. */
  readonly succeeds: ReadonlySet<string>;
  readonly isRestored: boolean;
};

const START: State = {
  timeline: "e@0",
  seq: 0,
  tokens: {},
  owners: {},
  changes: [],
  succeeds: new Set(),
  isRestored: false,
};

type Step =
  | { readonly do: "write"; readonly digest: number; readonly owner: number }
  | { readonly do: "remove"; readonly digest: number }
  | { readonly do: "user"; readonly owner: number }
  | { readonly do: "all" | "prune" | "sendLoad" | "readLoad" | "returnLoad" | "sendPull" | "returnPull" | "keep" }
  | { readonly do: "restore" | "accept" };

const simple = fc.constantFrom(
  ...([
    "all",
    "prune",
    "sendLoad",
    "sendLoad",
    "readLoad",
    "readLoad",
    "returnLoad",
    "returnLoad",
    "sendPull",
    "returnPull",
    "keep",
  ] as const),
);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("write" as const), digest: fc.nat(3), owner: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("remove" as const), digest: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("user" as const), owner: fc.nat(1) }) },
  { weight: 10, arbitrary: fc.record({ do: simple }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("restore" as const, "accept" as const) }) },
);

/** Plays one interleaving; says what stale fact was used, if any. */
function play(steps: readonly Step[], fence: Fence): string | null {
  const cache = new FactsCache(LIMITS, fence);
  let [database, kept, stamp, marks] = [START, START, 0, 0];
  let progress: Progress = null;
  /** What the verifier has applied, as a database: nothing older may be used. */
  let applied: State = START;
  let pull: { read: State; pulled: Pulled } | null = null;
  const loads: { ticket: Ticket; read: State | null }[] = [];
  /** When a token last went: from then on "unknown" may be newer than what was applied. */
  const gone: Record<string, number> = {};
  const stale: string[] = [];

  const change = (kind: string, key: string) => {
    const seq = database.seq + 1;
    marks += 1;
    database = { ...database, seq, changes: [...database.changes, { seq, kind, key, mark: `row ${marks}` }] };
  };
  const stampOf = (state: State, digest: string) => {
    const token = state.tokens[digest];
    return token && Math.max(token.stamp, state.owners[token.owner] ?? 0);
  };
  const use = (digest: string, looked: Looked | undefined) => {
    if (looked === undefined || looked === "unreadable" || progress?.waits === true) return;
    const least = stampOf(applied, digest);
    if (least === undefined) return;
    // A fact newer than what was applied is fine: its change is on the way.
    const isStale = looked === "unknown" ? (gone[digest] ?? 0) < least : Number(looked.token.name) < least;
    if (isStale) stale.push(`${digest}: used ${looked === "unknown" ? looked : looked.token.name}, applied ${least}`);
  };
  const snapshotOf = (state: State): Loaded => {
    const found = new Map<string, TokenFacts>();
    for (const [digest, { owner }] of Object.entries(state.tokens)) {
      found.set(digest, tokenFacts({ name: String(stampOf(state, digest)) }, { id: owner }));
    }
    return { timeline: state.timeline, asOf: state.seq, found };
  };

  for (const step of steps) {
    if (step.do === "write") {
      const [digest = "", owner = ""] = [DIGESTS[step.digest], OWNERS[step.owner]];
      stamp += 1;
      database = { ...database, tokens: { ...database.tokens, [digest]: { owner, stamp } } };
      change("token", digest);
    } else if (step.do === "remove") {
      const digest = DIGESTS[step.digest] ?? "";
      const { [digest]: _gone, ...tokens } = database.tokens;
      stamp += 1;
      gone[digest] = stamp;
      database = { ...database, tokens };
      change("token", digest);
    } else if (step.do === "user") {
      const owner = OWNERS[step.owner] ?? "";
      stamp += 1;
      database = { ...database, owners: { ...database.owners, [owner]: stamp } };
      change("user", owner);
    } else if (step.do === "all") {
      stamp += 1;
      const owners = Object.fromEntries(OWNERS.map((owner) => [owner, stamp]));
      database = { ...database, owners };
      change("all", "");
    } else if (step.do === "prune") {
      // So much is pruned in a restored backup only after more changes than anybody makes there unseen.
      const { seq: head, changes, isRestored } = database;
      if (!isRestored) database = { ...database, changes: changes.filter(({ seq }) => seq > head - KEPT) };
    } else if (step.do === "keep") {
      kept = database;
    } else if (step.do === "restore") {
      // A backup comes back, older or not, as another database or by another server.
      stamp += 1;
      database = { ...kept, timeline: `${epochOf(kept.timeline)}@${stamp}`, isRestored: true };
    } else if (step.do === "accept") {
      // Somebody says that what is there holds: every stamp is lifted, so that whatever was read before is older.
      stamp += 1;
      for (const digest of DIGESTS) gone[digest] = stamp;
      stamp += 1;
      const lift = stamp;
      database = {
        ...database,
        timeline: `e${stamp}@${stamp}`,
        succeeds: new Set([
          ...database.succeeds,
          epochOf(database.timeline),
          ...(progress?.waits ? [epochOf(progress.timeline)] : []),
        ]),
        isRestored: false,
        tokens: Object.fromEntries(
          Object.entries(database.tokens).map(([digest, { owner }]) => [digest, { owner, stamp: lift }]),
        ),
      };
    } else if (step.do === "sendLoad") {
      if (progress !== null) loads.push({ ticket: fence.ticket(), read: null });
    } else if (step.do === "readLoad") {
      const load = loads.find(({ read }) => read === null);
      if (load) load.read = database;
    } else if (step.do === "returnLoad") {
      const at = loads.findIndex(({ read }) => read !== null);
      const [load] = at < 0 ? [] : loads.splice(at, 1);
      if (load?.read) cache.admit(load.ticket, snapshotOf(load.read), DIGESTS, 0, use);
    } else if (step.do === "sendPull") {
      const after = progress?.applied ?? 0;
      const changes = database.changes.filter(({ seq }) => seq > after).slice(0, 4);
      const markOf = (seq: number) => database.changes.findLast((each) => each.seq <= seq)?.mark ?? null;
      const { timeline, seq: head } = database;
      const succeeds = progress !== null && database.succeeds.has(epochOf(progress.timeline));
      pull ??= {
        read: database,
        pulled: {
          ...{ timeline, head, headMark: markOf(head), appliedMark: markOf(after), changes, succeeds },
          isMissed: false,
        },
      };
    } else if (pull !== null) {
      const { pulled, read } = pull;
      const plan = planOf(progress, pulled, KEPT);
      if (plan.kind === "apply") for (const each of plan.changes) cache.apply(each);
      else if (plan.kind === "flush") cache.flush(pulled.head);
      else cache.restart(pulled.timeline, pulled.head);
      progress = progressAfter(progress, plan, pulled);
      if (plan.kind !== "wait") applied = read;
      pull = null;
    }
    for (const digest of DIGESTS) use(digest, cache.find(digest, 0));
    if (stale.length > 0) return `${JSON.stringify(step)}: ${stale.join("; ")}`;
  }
  return null;
}

/** What one writes first: whatever was loaded is taken in. */
class NoFence extends Fence {
  override isFresh(): boolean {
    return true;
  }
  override isWhole(): boolean {
    return true;
  }
}

/** Remembers what changed, but takes loads for what they were when they arrive. */
class FenceWithoutTimelines extends Fence {
  #timeline = "";
  override restart(timeline: string, seq: number): void {
    this.#timeline = timeline;
    super.restart(timeline, seq);
  }
  override isWhole(_ticket: Ticket, _timeline: string, asOf: number): boolean {
    return super.isWhole(this.ticket(), this.#timeline, asOf);
  }
}

const interleavings = fc.array(anyStep, { minLength: 5, maxLength: 80, size: "max" });
const coherent = (fence: () => Fence) =>
  fc.property(interleavings, (steps) => {
    expect(play(steps, fence())).toBeNull();
  });

describe("in every order in which changes, loads, pulls and restored backups can meet", () => {
  test("no fact is used that is older than an applied change", () => {
    fc.assert(
      coherent(() => new Fence(LIMITS.touched)),
      { numRuns: 4_000 },
    );
  });

  test("a cache without a fence fails the same property", () => {
    expect(
      fc.check(
        coherent(() => new NoFence(LIMITS.touched)),
        { numRuns: 5_000 },
      ).failed,
    ).toBe(true);
  });

  test("a fence that does not know timelines fails the same property", () => {
    expect(
      fc.check(
        coherent(() => new FenceWithoutTimelines(LIMITS.touched)),
        { numRuns: 5_000 },
      ).failed,
    ).toBe(true);
  });
});
