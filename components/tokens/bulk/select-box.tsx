"use client";
import { useEffect, useRef } from "react";
import { useSelection } from "./selection";

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

/** Chooses one token. */
export function SelectToken({ id, name, username }: { id: string; name: string; username: string }) {
  const { ids, choose } = useSelection(username);
  return <Box label={`Select ${name}`} checked={ids.includes(id)} onChange={(chosen) => choose([id], chosen)} />;
}

/** Chooses every token of a page, or none of them. */
export function SelectPage({ ids, username }: { ids: readonly string[]; username: string }) {
  const selection = useSelection(username);
  const chosen = ids.filter((id) => selection.ids.includes(id)).length;
  return (
    <Box
      label="Select all on this page"
      checked={chosen === ids.length}
      mixed={chosen > 0 && chosen < ids.length}
      onChange={(checked) => selection.choose(ids, checked)}
    />
  );
}
