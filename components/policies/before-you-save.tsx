"use client";
import { Activity } from "lucide-react";
import { useEffect, useRef } from "react";
import { StepUp } from "../account/step-up";
import { FormError } from "../api/form-error";
import { Button } from "../ui/button";
import { giveBack } from "../ui/give-back";
import { Icon } from "../ui/icon";
import type { Reader } from "../ui/time-words";
import { AffectedChoice } from "./affected-choice";
import { ImpactPanel } from "./impact-panel";
import type { Considering } from "./use-considered";

const WHY = "Tiers and delegations decide what everybody’s tokens may do.";

/**
 * What a draft does, and what happens to whom it breaks: between wanting to save and saving. It takes the focus when it
 * appears, because it is far from the button, and gives it back.
 */
export function BeforeYouSave<T>({
  considering,
  reader,
  verb = "Save",
}: {
  considering: Considering<T>;
  reader: Reader;
  verb?: string;
}) {
  const { submit, impact, chosen, choose, confirm, discard } = considering;
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = impact !== null;
  useEffect(() => {
    if (!shown) return;
    const opener = document.activeElement;
    heading.current?.focus();
    return () => giveBack(opener);
  }, [shown]);
  if (impact === null) return <StepUp submit={submit} why={WHY} />;
  return (
    <section aria-labelledby="before" className="rounded-lg border border-border bg-surface desk:sticky desk:top-6">
      <h2
        ref={heading}
        id="before"
        tabIndex={-1}
        className="flex items-center gap-2 border-border border-b px-4 py-3.5"
      >
        <Icon of={Activity} />
        Before you save
      </h2>
      <form
        ref={submit.form}
        className="grid gap-3.5 px-4 py-3.5"
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <FormError problem={submit.problem} shown={[]} />
        <ImpactPanel impact={impact} reader={reader} />
        {impact.needsChoice && <AffectedChoice impact={impact} chosen={chosen} onChange={choose} />}
        <div className="flex gap-2">
          <Button onClick={discard}>Not yet</Button>
          <Button
            type="submit"
            look={verb === "Delete" ? "danger" : "primary"}
            className="flex-1"
            busy={submit.busy && "Saving …"}
          >
            {verb}
          </Button>
        </div>
      </form>
      <StepUp submit={submit} why={WHY} />
    </section>
  );
}
