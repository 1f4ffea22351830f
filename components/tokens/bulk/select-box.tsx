"use client";
import { useEffect, useRef } from "react";
import { SELECTION_BAR, useSelection } from "./selection";

type BoxProps = { label: string; checked: boolean; mixed?: boolean; onChange: (checked: boolean) => void };

/** A checkbox that can be hit: twenty-four pixels around sixteen. */
function Box({ label, checked, mixed = false, onChange }: BoxProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = mixed;
  }, [mixed]);
  return (
    <label className="-m-1 grid size-6 place-items-center max-desk:size-10">
      <input
        ref={box}
        type="checkbox"
        aria-label={label}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 accent-(--accent)"
      />
    </label>
  );
}

/** The bar with what can be done stands behind all the rows: from the box that was chosen last it is one press of Tab away. */
function ToSelection({ count }: { count: number }) {
  return (
    <button
      type="button"
      onClick={() => document.getElementById(SELECTION_BAR)?.focus()}
      className="sr-only rounded-md border border-border-2 bg-raised font-medium text-sm shadow-3 focus:not-sr-only focus:absolute focus:top-1/2 focus:left-7 focus:z-(--z-bar) focus:-translate-y-1/2 focus:whitespace-nowrap focus:px-2.5 focus:py-1.5"
    >
      Go to the {count.toLocaleString("en")} selected
    </button>
  );
}

/** Chooses one token. */
export function SelectToken({ id, name, username }: { id: string; name: string; username: string }) {
  const { ids, choose } = useSelection(username);
  return (
    <span className="relative block">
      <Box label={`Select ${name}`} checked={ids.includes(id)} onChange={(chosen) => choose([id], chosen)} />
      {ids.at(-1) === id && <ToSelection count={ids.length} />}
    </span>
  );
}

/** Chooses every token of a page, or none of them. */
export function SelectPage({ ids, username }: { ids: readonly string[]; username: string }) {
  const selection = useSelection(username);
  const chosen = ids.filter((id) => selection.ids.includes(id)).length;
  return (
    <span className="relative block">
      <Box
        label="Select all on this page"
        checked={chosen === ids.length}
        mixed={chosen > 0 && chosen < ids.length}
        onChange={(checked) => selection.choose(ids, checked)}
      />
      {chosen === ids.length && <ToSelection count={selection.ids.length} />}
    </span>
  );
}
