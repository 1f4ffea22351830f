/** One row of `changes`. Kinds: `token` (key = digest, hex), `user` (key = id), `installation`, `all`. */
export type Change = { readonly seq: number; readonly kind: string; readonly key: string };

/**
 * What one pull read, in one snapshot. `timeline` is the epoch of the database and when its server began to run: after
 * a restart or a fail-over what is there may not be what was there, although the sequences go on.
 */
export type Pulled = {
  readonly timeline: string;
  readonly head: number;
  /** What tells the row of the head from one that another history put there; null without such a row. */
  readonly headMark: string | null;
  /** The same of the sequence that we had applied. */
  readonly appliedMark: string | null;
  /** The changes after what was applied, in order, as far as fetched. */
  readonly changes: readonly Change[];
};

/** How far a verifier has applied the changes; null before the first pull. */
export type Progress = { readonly timeline: string; readonly applied: number; readonly mark: string | null } | null;

/**
 * What a pull asks of the memory: forget what the changes are about (`apply`), forget everything (`flush`: changes
 * are missing), or forget everything and let nothing return that is under way (`restart`: another timeline).
 */
export type Plan =
  | { readonly kind: "apply"; readonly changes: readonly Change[] }
  | { readonly kind: "flush"; readonly why: "hole" }
  | { readonly kind: "restart"; readonly why: "start" | "timeline" | "rewritten" };

/**
 * Plans what follows from a pull. The history that we know must still be there: a backup that came back into the
 * running server shows by its head, or by another row at the sequence we had applied. And every sequence from there to
 * the head must be there, which covers rows that were pruned, more changes than one pull fetches, and a head that
 * somebody moved by hand.
 */
export function planOf(progress: Progress, pulled: Pulled): Plan {
  if (progress === null) return { kind: "restart", why: "start" };
  if (progress.timeline !== pulled.timeline) return { kind: "restart", why: "timeline" };
  if (pulled.head < progress.applied || pulled.appliedMark !== progress.mark) {
    return { kind: "restart", why: "rewritten" };
  }
  let reached = progress.applied;
  for (const { seq } of pulled.changes) {
    // One transaction may say several things under one sequence.
    if (seq !== reached && seq !== reached + 1) return { kind: "flush", why: "hole" };
    reached = seq;
  }
  return reached === pulled.head ? { kind: "apply", changes: pulled.changes } : { kind: "flush", why: "hole" };
}

/** How far the verifier is once the pull has been applied. */
export function progressAfter({ timeline, head, headMark }: Pulled): NonNullable<Progress> {
  return { timeline, applied: head, mark: headMark };
}
