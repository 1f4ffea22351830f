"use client";
import { Search } from "lucide-react";
import { useState } from "react";
import { hintOfPasted, offerSecret, secretIn } from "../tokens/manager/pasted-secret";
import { Icon } from "../ui/icon";
import { useHydrated } from "../ui/use-hydrated";

type Props = {
  /** The page that the search stays on. */
  action: string;
  q: string;
  label: string;
  placeholder: string;
  /** What else the address says and a search keeps. */
  keep?: Readonly<Record<string, string | readonly string[] | undefined>>;
};

/** A GET form: the search is in the address, so it can be shared. A pasted secret never gets there. */
export function ListSearch({ action, q, label, placeholder, keep = {} }: Props) {
  const hydrated = useHydrated();
  const [diverted, setDiverted] = useState(false);
  return (
    <search>
      <form
        action={action}
        onSubmit={(event) => {
          const field = event.currentTarget.elements.namedItem("q");
          if (!(field instanceof HTMLInputElement)) return;
          const hint = hintOfPasted(field.value);
          setDiverted(hint !== null);
          if (hint === null) return;
          event.preventDefault();
          const taken = offerSecret(secretIn(field.value) ?? "");
          field.value = taken ? "" : hint;
          if (taken) setDiverted(false);
        }}
      >
        <button type="submit" hidden disabled={!hydrated}>
          Search
        </button>
        {Object.entries(keep).map(
          ([name, value]) =>
            value &&
            [value].flat().map((each) => <input key={`${name} ${each}`} type="hidden" name={name} value={each} />),
        )}
        <span className="relative block w-[292px] max-desk:w-full">
          <Icon
            of={Search}
            size={14}
            className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-fg-3"
          />
          <input
            type="search"
            name="q"
            aria-label={label}
            defaultValue={q}
            maxLength={200}
            placeholder={placeholder}
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
