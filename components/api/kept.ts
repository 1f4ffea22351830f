"use client";
import { createContext, useContext } from "react";

type Kept = {
  /** Of what stands in the form now: what it would do was foreseen of this one. */
  readonly version: number;
  readonly saved: (answer: unknown) => void;
  readonly refused: () => void;
};

/** What keeps a form's text while the page is drawn anew; null around forms of which there is nothing to be changed. */
export const KeptForm = createContext<Kept | null>(null);

export const useKept = (): Kept | null => useContext(KeptForm);

/** The version of what was saved, where an answer says one. */
export function versionIn(answer: unknown): number | null {
  if (typeof answer !== "object" || answer === null || !("version" in answer)) return null;
  return typeof answer.version === "number" ? answer.version : null;
}
