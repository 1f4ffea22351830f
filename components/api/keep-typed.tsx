"use client";
import { Fragment, type ReactNode, type SyntheticEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import { KeptForm, versionIn } from "./kept";
import { drawnIn, placeIn, standsIn } from "./typed-fields";

/** What a form is about: its version, and whatever of it the form shows. */
type Of = { readonly version: number; readonly [field: string]: unknown };
type Shown = { readonly of: Of; readonly children: ReactNode; readonly turn: number; readonly goBack: () => void };
type Known = { turn: number; base: string; sent: string | null; saved: number | null };

const stay = () => {};
const unversioned = ({ version: _version, ...rest }: Of): string => JSON.stringify(rest);

/**
 * Around a form that shows what is there. When the page is drawn anew and that was changed meanwhile, a form in which
 * nobody typed shows what is there now. What was typed stays: on top of what is there now where they saved it themselves,
 * or where the change was of something else; otherwise on top of what they saw, so that it is refused as a conflict.
 */
export function KeepTyped({ of, children }: { of: Of; children: ReactNode }) {
  const root = useRef<HTMLDivElement>(null);
  const known = useRef<Known>({ turn: 0, base: "", sent: null, saved: null });
  const [shown, setShown] = useState<Shown>({ of, children, turn: 0, goBack: stay });
  const { turn, goBack } = shown;
  const { version } = shown.of;

  // The same version, drawn anew: times that have aged, what can be chosen.
  if (of.version === version && children !== shown.children) setShown({ ...shown, of, children });

  useLayoutEffect(() => {
    if (root.current) known.current = { turn, base: drawnIn(root.current), sent: null, saved: null };
  }, [turn]);

  useLayoutEffect(() => {
    const fields = root.current;
    if (fields === null || of.version === shown.of.version) return;
    const { base, saved } = known.current;
    const isTyped = standsIn(fields) !== base;
    if (isTyped && saved !== of.version && unversioned(of) !== unversioned(shown.of)) return;
    setShown({ of, children, turn: shown.turn + (isTyped ? 0 : 1), goBack: placeIn(fields) });
  }, [of, children, shown]);

  useLayoutEffect(() => goBack(), [goBack]);

  const kept = useMemo(
    () => ({
      version,
      saved: (answer: unknown) => {
        const before = known.current;
        const saved = versionIn(answer) ?? before.saved;
        known.current = { ...before, base: before.sent ?? before.base, sent: null, saved };
      },
      refused: () => {
        known.current.sent = null;
      },
    }),
    [version],
  );
  const remember = ({ target }: SyntheticEvent) => {
    const fields = root.current;
    if (fields === null || !(target instanceof Element) || !fields.contains(target)) return;
    if (target.closest("[data-confirms]") === null) known.current.sent = standsIn(fields);
  };
  return (
    <KeptForm value={kept}>
      <div ref={root} className="contents" onSubmit={remember}>
        <Fragment key={turn}>{shown.children}</Fragment>
      </div>
    </KeptForm>
  );
}
