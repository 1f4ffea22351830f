import { X } from "lucide-react";
import Link from "next/link";
import { Icon } from "../../ui/icon";
import { chipWords, FIELDS, type FilterName } from "./fields";
import { type ManagerState, managerHref, without } from "./filter";

/** What the list is narrowed by, each part with a link that takes it away. */
export function FilterChips({ state }: { state: ManagerState }) {
  const entries = Object.entries(state.filter) as [FilterName, readonly string[]][];
  return entries.map(([name, values]) => (
    <span
      key={name}
      className="inline-flex h-(--control-sm) max-w-full items-center rounded-sm border border-border-2 bg-surface text-sm text-fg-2 shadow-1 max-desk:h-10"
    >
      <span className="truncate px-2.5">
        {FIELDS[name].label}: <b className="font-medium text-fg">{chipWords(name, values)}</b>
      </span>
      <Link
        prefetch={false}
        href={managerHref(state, { filter: without(state.filter, name) })}
        aria-label={`Remove the filter ${FIELDS[name].label}`}
        className="grid h-full w-7 flex-none place-items-center border-border-2 border-l text-fg-3 hover:bg-hover hover:text-fg max-desk:w-10"
      >
        <Icon of={X} size={14} />
      </Link>
    </span>
  ));
}
