"use client";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useKept } from "./kept";
import type { Answer, Problem } from "./problem";

export type Submit = {
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** Put it on the form: the first field that is wrong gets focus, or the sentence above the form. */
  readonly form: RefObject<HTMLFormElement | null>;
  /** Runs once at a time; a refusal is kept and shown, success is handed on. */
  readonly send: <T>(ask: () => Promise<Answer<T>>, done: (value: T) => void) => Promise<void>;
  /** The same once more, for example after it was confirmed. */
  readonly again: () => void;
  readonly refuse: (problem: Problem | null) => void;
};

/** What every form of ours does when it is sent: busy, refused with what was typed kept, or done. */
export function useSubmit(): Submit {
  const kept = useKept();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const last = useRef<() => void>(() => {});
  useEffect(() => {
    if (!problem) return;
    const wrong = form.current?.querySelector<HTMLElement>("[aria-invalid=true], [data-form-error]");
    wrong?.focus();
  }, [problem]);
  const send: Submit["send"] = async (ask, done) => {
    if (busy) return;
    last.current = () => void send(ask, done);
    setBusy(true);
    setProblem(null);
    const answer = await ask();
    setBusy(false);
    if (answer.ok) {
      if (answer.value !== null) kept?.saved(answer.value);
      done(answer.value);
    } else {
      if (answer.problem.code !== "step_up_required") kept?.refused();
      setProblem(answer.problem);
    }
  };
  return { busy, problem, form, send, again: () => last.current(), refuse: setProblem };
}
