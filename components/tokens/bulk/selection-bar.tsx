"use client";
import { Ban, CalendarClock, Pause, Play, X } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { BulkAction } from "#lib/tokens/bulk/schema";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import type { Reader } from "../../ui/time-words";
import { SELECTION_BAR, useSelection } from "./selection";

const load = () => import("./bulk-dialog").then((module) => module.BulkDialog);
const BulkDialog = dynamic(load, { ssr: false });

const BUTTONS: readonly { action: BulkAction; label: string; icon: typeof Ban }[] = [
  { action: "revoke", label: "Revoke", icon: Ban },
  { action: "suspend", label: "Suspend", icon: Pause },
  { action: "resume", label: "Resume", icon: Play },
  { action: "change-expiry", label: "Change expiry", icon: CalendarClock },
];

type Props = {
  username: string;
  actions: readonly BulkAction[];
  /** The filter of the page with its free text, and how many it finds, in words: *1,284*, *10,000+*. */
  filter: object;
  total: string;
  reader: Reader;
};

/** What is chosen, on whichever pages, and what can be done to it. Not there while nothing is chosen. */
export function SelectionBar({ username, actions, filter, total, reader }: Props) {
  const { ids, clear } = useSelection(username);
  const { push } = useRouter();
  const [all, setAll] = useState(false);
  const [open, setOpen] = useState<BulkAction | null>(null);
  if (ids.length === 0) return null;
  const count = all ? total : ids.length.toLocaleString("en");
  const leave = () => {
    setAll(false);
    clear();
  };
  const selectNothing = () => {
    leave();
    document.getElementById("main")?.focus(); // this button goes with the bar
  };
  return (
    <section
      id={SELECTION_BAR}
      tabIndex={-1}
      aria-label="Selected tokens"
      className="sticky bottom-[58px] z-(--z-bar) mx-auto -mt-12 mb-2 max-desk:bottom-2 max-desk:mt-0 flex max-w-[calc(100%-16px)] flex-wrap items-center gap-1 rounded-lg border border-border-2 bg-raised px-3 py-1.5 text-sm shadow-3"
    >
      <span role="status" className="font-medium tabular-nums">
        {count} selected
      </span>
      <Button look="quiet" size="sm" onClick={() => setAll(!all)}>
        {all ? `Only the ${ids.length.toLocaleString("en")} chosen` : `Select all ${total}`}
      </Button>
      <span aria-hidden="true" className="mx-1 h-5 w-px bg-border max-desk:hidden" />
      {BUTTONS.filter(({ action }) => actions.includes(action)).map(({ action, label, icon }) => (
        <Button
          key={action}
          look={action === "revoke" ? "quiet-red" : "quiet"}
          size="sm"
          onPointerEnter={load}
          onClick={() => setOpen(action)}
        >
          <Icon of={icon} size={14} />
          {label}
        </Button>
      ))}
      <Button look="quiet" size="icon-sm" aria-label="Select nothing" onClick={selectNothing}>
        <Icon of={X} size={14} />
      </Button>
      {open !== null && (
        <BulkDialog
          key={open}
          action={open}
          which={all ? { filter } : { ids }}
          count={count}
          gentler={actions.includes("suspend")}
          reader={reader}
          onInstead={() => setOpen("suspend")}
          onClose={() => setOpen(null)}
          onBegun={({ id }) => {
            setOpen(null);
            leave();
            push(`/admin/tokens/operations/${id}`);
          }}
        />
      )}
    </section>
  );
}
