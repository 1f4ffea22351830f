"use client";
import { StepUp } from "../account/step-up";
import { BeforePanel } from "../api/before-panel";
import { LockoutWords } from "./lockout-words";
import type { Foreseeing } from "./use-foreseen";

/** Whom a change would turn away: between wanting to save and saving. */
export function BeforeItHolds<T>({ foreseeing, why }: { foreseeing: Foreseeing<T>; why: string }) {
  const { submit, lockout, confirm, discard } = foreseeing;
  const stepUp = <StepUp submit={submit} why={why} />;
  if (lockout === null) return stepUp;
  return (
    <>
      <BeforePanel busy={submit.busy} onConfirm={confirm} onDiscard={discard}>
        <LockoutWords lockout={lockout} />
      </BeforePanel>
      {stepUp}
    </>
  );
}
