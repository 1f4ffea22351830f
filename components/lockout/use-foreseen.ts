"use client";
import type { Lockout } from "#lib/lockout/lockout";
import type { Answer } from "../api/problem";
import { request } from "../api/request";
import { useShownDraft } from "../api/use-shown-draft";
import type { Submit } from "../api/use-submit";

type Saving<T> = {
  readonly draft: object;
  readonly save: () => Promise<Answer<T>>;
  readonly done: (value: T) => void;
};

export type Foreseeing<T> = {
  readonly submit: Submit;
  /** Whom the draft would turn away, once it was asked for and there is something to say; null in it: nobody can foresee. */
  readonly shown: { readonly lockout: Lockout | null } | null;
  /** Saves what turns nobody away; of everything else shows first what it does. */
  readonly foresee: (saving: Saving<T>) => void;
  /** Saves what was shown. */
  readonly confirm: () => void;
  readonly discard: () => void;
};

const saysNothing = ({ losses, unknown }: Lockout): boolean => losses.length === 0 && unknown.length === 0;

/** Refusals of the preview that say nothing about the draft: it may be saved all the same, by whoever is told. */
const UNFORESEEN: readonly string[] = ["unavailable", "unexpected", "unreachable"];

/** Saving in two steps where somebody may be locked out: first whom, by what was recorded, then. */
export function useForeseen<T>(): Foreseeing<T> {
  type Shown = { lockout: Lockout | null; saving: Saving<T> };
  const { plain, submit, shown, setShown, discard } = useShownDraft<Shown>();

  const foresee = (saving: Saving<T>) =>
    void submit.send<T | null>(
      async () => {
        const seen = await request<Lockout>("POST", "/api/v1/lockouts/preview", saving.draft);
        if (!seen.ok && !UNFORESEEN.includes(seen.problem.code)) return seen;
        if (seen.ok && saysNothing(seen.value)) return saving.save();
        setShown({ lockout: seen.ok ? seen.value : null, saving });
        return { ok: true, value: null };
      },
      (value) => value !== null && saving.done(value),
    );

  const confirm = () => {
    if (shown === null) return;
    const { saving } = shown;
    void plain.send(
      async () => {
        const saved = await saving.save();
        // What is wrong stands at the fields; only the confirmation that it is the same person goes on from here.
        if (!saved.ok && saved.problem.code !== "step_up_required") setShown(null);
        return saved;
      },
      (value) => {
        setShown(null);
        saving.done(value);
      },
    );
  };
  return { submit, shown, foresee, confirm, discard };
}
