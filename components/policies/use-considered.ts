"use client";
import { useState } from "react";
import type { Impact } from "#lib/impact/impact";
import type { Answer } from "../api/problem";
import { request } from "../api/request";
import { useShownDraft } from "../api/use-shown-draft";
import type { Submit } from "../api/use-submit";
import { affectedOf, type Chosen } from "./affected-choice";

type Saving<T> = {
  readonly draft: object;
  readonly save: (considered: object) => Promise<Answer<T>>;
  readonly done: (value: T) => void;
  /** Shown first even where nothing would happen: for what cannot be undone. */
  readonly always?: boolean;
};

export type Considering<T> = {
  readonly submit: Submit;
  /** What the draft would do, once it was asked for and something would happen. */
  readonly impact: Impact | null;
  readonly chosen: Chosen;
  readonly choose: (chosen: Chosen) => void;
  /** Saves what touches nobody; of everything else shows first what it does. */
  readonly consider: (saving: Saving<T>) => void;
  /** Saves what was shown, with what was chosen. */
  readonly confirm: () => void;
  readonly discard: () => void;
};

const GRACE_DAYS = 30;

/**
 * Saving in two steps: first what it would do, then with a choice for what it breaks. When something else would be
 * broken by then, the new numbers take the place of the old.
 * @param now epoch milliseconds
 */
export function useConsidered<T>(now: number): Considering<T> {
  const day = new Date(now + GRACE_DAYS * 86_400_000).toISOString().slice(0, 10);
  const [chosen, choose] = useState<Chosen>({ kind: "leave", day, spreadDays: 14 });
  const { plain, submit, shown, setShown, discard } = useShownDraft<{ impact: Impact; saving: Saving<T> }>();
  const preview = (draft: object) => request<Impact>("POST", "/api/v1/policies/preview", draft);

  const consider = (saving: Saving<T>) =>
    void submit.send<T | null>(
      async () => {
        const seen = await preview(saving.draft);
        if (!seen.ok) return seen;
        const { tokens, people, fingerprint } = seen.value;
        const quiet = tokens.affected === 0 && people.moving === 0;
        if (quiet && !saving.always) return saving.save({ fingerprint });
        setShown({ impact: seen.value, saving });
        return { ok: true, value: null };
      },
      (value) => value !== null && saving.done(value),
    );

  const confirm = () => {
    if (shown === null) return;
    const { impact, saving } = shown;
    const affected = impact.needsChoice ? { affected: affectedOf(chosen) } : {};
    void plain.send(
      async () => {
        const saved = await saving.save({ fingerprint: impact.fingerprint, ...affected });
        if (saved.ok || saved.problem.code !== "stale") return saved;
        const seen = await preview(saving.draft);
        if (seen.ok) setShown({ impact: seen.value, saving });
        return saved;
      },
      (value) => {
        setShown(null);
        saving.done(value);
      },
    );
  };
  return { submit, impact: shown?.impact ?? null, chosen, choose, consider, confirm, discard };
}
