"use client";
import { StepUp } from "../account/step-up";
import { BeforePanel } from "../api/before-panel";
import { FormError } from "../api/form-error";
import type { Reader } from "../ui/time-words";
import { AffectedChoice } from "./affected-choice";
import { ImpactPanel } from "./impact-panel";
import type { Considering } from "./use-considered";

const WHY = "Tiers and delegations decide what everybody’s tokens may do.";

/** What a draft does, and what happens to whom it breaks: between wanting to save and saving. */
export function BeforeYouSave<T>({
  considering,
  reader,
  verb = "Save",
  of,
}: {
  considering: Considering<T>;
  reader: Reader;
  verb?: string;
  /** What is saved, where a page has several of these. */
  of?: string;
}) {
  const { submit, impact, chosen, choose, confirm, discard } = considering;
  const stepUp = <StepUp submit={submit} why={WHY} />;
  if (impact === null) return stepUp;
  return (
    <>
      <BeforePanel form={submit.form} verb={verb} of={of} busy={submit.busy} onConfirm={confirm} onDiscard={discard}>
        <FormError problem={submit.problem} shown={[]} />
        <ImpactPanel impact={impact} reader={reader} />
        {impact.needsChoice && <AffectedChoice impact={impact} chosen={chosen} onChange={choose} />}
      </BeforePanel>
      {stepUp}
    </>
  );
}
