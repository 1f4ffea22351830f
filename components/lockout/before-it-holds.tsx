"use client";
import { StepUp } from "../account/step-up";
import { BeforePanel } from "../api/before-panel";
import { LockoutWords } from "./lockout-words";
import type { Foreseeing } from "./use-foreseen";

type Props<T> = {
  foreseeing: Foreseeing<T>;
  why: string;
  /** What is saved, where a page has several of these. */
  of?: string;
};

/** Whom a change would turn away: between wanting to save and saving. */
export function BeforeItHolds<T>({ foreseeing, why, of }: Props<T>) {
  const { submit, shown, confirm, discard } = foreseeing;
  const stepUp = <StepUp submit={submit} why={why} />;
  if (shown === null) return stepUp;
  return (
    <>
      <BeforePanel of={of} busy={submit.busy} onConfirm={confirm} onDiscard={discard}>
        <LockoutWords lockout={shown.lockout} />
      </BeforePanel>
      {stepUp}
    </>
  );
}
