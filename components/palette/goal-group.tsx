"use client";
import { Command } from "cmdk";
import type { Goals } from "./sought";

/** Goals of one kind under their heading. */
export function GoalGroup({ title, goals, go }: Goals & { go: (href: string) => void }) {
  if (goals.length === 0) return null;
  return (
    <Command.Group
      heading={title}
      className="py-1 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-fg-3"
    >
      {goals.map(({ href, label, detail }) => (
        <Command.Item
          key={href}
          value={href}
          onSelect={() => go(href)}
          className="flex min-h-9 cursor-pointer items-center gap-2 rounded-sm px-2.5 py-1 aria-selected:bg-accent-bg aria-selected:text-accent-fg max-desk:min-h-11"
        >
          <span className="min-w-0 truncate">{label}</span>
          {detail && detail !== label && (
            <span className="ml-auto min-w-0 max-w-[50%] flex-none truncate text-xs text-fg-2">{detail}</span>
          )}
        </Command.Item>
      ))}
    </Command.Group>
  );
}
