"use client";
import { Activity } from "lucide-react";
import { type ReactNode, type RefObject, useEffect, useId, useRef } from "react";
import { Button } from "../ui/button";
import { giveBack } from "../ui/give-back";
import { Icon } from "../ui/icon";

type Props = {
  form?: RefObject<HTMLFormElement | null>;
  verb?: string;
  /** What is saved, where a page has several of these: each is told from the others by its name. */
  of?: string | undefined;
  busy: boolean;
  onConfirm: () => void;
  onDiscard: () => void;
  children: ReactNode;
};

/**
 * *Before you save*, or *delete*: between wanting to and doing it. It takes the focus when it appears, because it may be far from
 * the button, and gives it back.
 */
export function BeforePanel({ form, verb = "Save", of, busy, onConfirm, onDiscard, children }: Props) {
  const id = useId();
  const deletes = verb === "Delete";
  const title = deletes ? "Before you delete" : "Before you save";
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    heading.current?.focus();
    return () => giveBack(opener);
  }, []);
  return (
    <section aria-labelledby={id} className="rounded-lg border border-border bg-surface desk:sticky desk:top-6">
      <h2 ref={heading} id={id} tabIndex={-1} className="flex items-center gap-2 border-border border-b px-4 py-3.5">
        <Icon of={Activity} />
        {of === undefined ? title : `${title} ${of}`}
      </h2>
      <form
        ref={form}
        data-confirms=""
        className="grid gap-3.5 px-4 py-3.5"
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm();
        }}
      >
        {children}
        <div className="flex gap-2">
          <Button onClick={onDiscard}>Not yet</Button>
          <Button
            type="submit"
            look={deletes ? "danger" : "primary"}
            className="flex-1"
            busy={busy && (deletes ? "Deleting …" : "Saving …")}
          >
            {verb}
          </Button>
        </div>
      </form>
    </section>
  );
}
