import { type RefObject, useEffect, useRef } from "react";

/** Each step of a wizard begins at its first question, or at what is wrong there: the button that led to it is below. */
export function useStepFocus(form: RefObject<HTMLFormElement | null>, step: number): void {
  const before = useRef(step);
  useEffect(() => {
    if (before.current === step) return;
    before.current = step;
    const shown = form.current?.querySelector(":scope > div:not([hidden])");
    const wishes = ["[aria-invalid=true]", "input:checked", "input, textarea, select"];
    const [first] = wishes.flatMap((wish) => [...(shown?.querySelectorAll<HTMLElement>(wish) ?? [])]);
    first?.focus();
  }, [form, step]);
}
