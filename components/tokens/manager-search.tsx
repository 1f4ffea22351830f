"use client";
import { Search } from "lucide-react";
import { useState } from "react";
import { Icon } from "../ui/icon";
import { hintOfPasted } from "./pasted-secret";

type Props = { view: string; q: string };

/** A GET form: the search is in the address, so it can be shared. A pasted secret never gets there. */
export function ManagerSearch({ view, q }: Props) {
  const [diverted, setDiverted] = useState(false);
  return (
    <search>
      <form
        action="/admin/tokens"
        onSubmit={(event) => {
          const field = event.currentTarget.elements.namedItem("q");
          if (!(field instanceof HTMLInputElement)) return;
          const hint = hintOfPasted(field.value);
          setDiverted(hint !== null);
          if (hint === null) return;
          event.preventDefault();
          field.value = hint;
        }}
      >
        {view !== "not-ended" && <input type="hidden" name="view" value={view} />}
        <span className="relative block w-[292px] max-desk:w-full">
          <Icon
            of={Search}
            size={14}
            className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-fg-3"
          />
          <input
            type="search"
            name="q"
            aria-label="Search tokens"
            defaultValue={q}
            maxLength={200}
            placeholder="Name, hint, owner, contact, label"
            autoComplete="off"
            spellCheck={false}
            className="h-(--control-sm) w-full rounded-sm border border-border-control bg-surface pr-2 pl-8 text-sm max-desk:h-10"
          />
        </span>
        <p role="status" className="mt-1 text-xs text-warning-fg empty:hidden">
          {diverted && "That was a secret. It was not sent; here is its hint, press Enter to search for it."}
        </p>
      </form>
    </search>
  );
}
