import { epochOf } from "../facts/statements";

/** One row of `changes`. Kinds: `token` (key = digest, hex), `user` (key = id), `installation`, `all`. */
export type Change = { readonly seq: number; readonly kind: string; readonly key: string };

/**
 * What one pull read, in one snapshot. `timeline` is the epoch of the database, when its server began to run, and which
 * database of that server it is: after a restart, a fail-over or a restore what is there may not be what was there,
 * although the sequences go on.
 */
export type Pulled = {
  readonly timeline: string;
  readonly head: number;
  /** What tells the row of the head from one that another history put there; null without any row. */
  readonly headMark: string | null;
  /** The same of the sequence that we had applied. */
  readonly appliedMark: string | null;
  /** The changes after what was applied, in order, as far as fetched. */
  readonly changes: readonly Change[];
  /** Whether somebody has said that the history there goes on from ours: who ends a quarantine does. */
  readonly succeeds: boolean;
  /** Whether another verifier has said that the database does not know what that one has applied. */
  readonly isMissed: boolean;
};

/**
 * How far a verifier has applied the changes; null before the first pull that was applied. `waits`: what it met then was
 * a database that does not know all of that, or of what another verifier has applied.
 */
export type Progress = {
  readonly timeline: string;
  readonly applied: number;
  readonly mark: string | null;
  readonly waits: boolean;
} | null;

/**
 * What a pull asks of the memory: forget what the changes are about (`apply`), forget everything (`flush`: changes
 * are missing), or forget everything and let nothing return that is under way (`restart`: another timeline). `wait`:
 * the database does not know what we have applied, so nothing may be decided by what it says.
 */
export type Plan =
  | { readonly kind: "apply"; readonly changes: readonly Change[] }
  | { readonly kind: "flush"; readonly why: "hole" }
  | { readonly kind: "restart"; readonly why: "start" | "timeline" | "found again" }
  | { readonly kind: "wait"; readonly why: Unknown };

/**
 * What a database does not know of ours: the last sequences, the one that we had applied, or the whole history. Or it
 * knows all of ours, but not what another verifier had applied.
 */
export type Unknown = "behind" | "rewritten" | "another history" | "missed by another";

/** So many changes are kept (the database's `latchkey_move_head`): who was away for longer cannot know whose they were. */
const KEPT_CHANGES = 100_000;

/**
 * Plans what follows from a pull. The history that we know must still be there, whichever server answers: a restored
 * backup, or a replica that had not heard everything, shows by its head, by another row at the sequence we had applied,
 * or by an epoch that does not go on from ours. And every sequence from there to the head must be there, which covers
 * rows that were pruned, more changes than one pull fetches, and a head that somebody moved by hand. Who remembers less,
 * or nothing, believes those who remember more.
 * @param kept how many changes the database keeps
 */
export function planOf(progress: Progress, pulled: Pulled, kept = KEPT_CHANGES): Plan {
  const why = (progress && unknownIn(pulled, progress, kept)) ?? (pulled.isMissed ? "missed by another" : null);
  if (why !== null) return { kind: "wait", why };
  if (progress === null) return { kind: "restart", why: "start" };
  if (progress.waits) return { kind: "restart", why: "found again" };
  if (progress.timeline !== pulled.timeline) return { kind: "restart", why: "timeline" };
  let reached = progress.applied;
  for (const { seq } of pulled.changes) {
    // One transaction may say several things under one sequence.
    if (seq !== reached && seq !== reached + 1) return { kind: "flush", why: "hole" };
    reached = seq;
  }
  return reached === pulled.head ? { kind: "apply", changes: pulled.changes } : { kind: "flush", why: "hole" };
}

function unknownIn(
  { timeline, head, appliedMark, succeeds }: Pulled,
  { timeline: ours, applied, mark }: NonNullable<Progress>,
  kept: number,
): Unknown | null {
  if (epochOf(timeline) !== epochOf(ours)) return succeeds ? null : "another history";
  if (head < applied) return "behind";
  const isPruned = appliedMark === null && head - applied > kept;
  return appliedMark === mark || isPruned ? null : "rewritten";
}

/** How far the verifier is once what a pull asked for has been done: where it waits, it is where it was. */
export function progressAfter(progress: Progress, plan: Plan, pulled: Pulled): Progress {
  if (plan.kind === "wait") return progress && { ...progress, waits: true };
  const { timeline, head, headMark } = pulled;
  return { timeline, applied: head, mark: headMark, waits: false };
}
