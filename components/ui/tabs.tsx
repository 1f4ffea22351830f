"use client";
import * as Radix from "radix-ui/tabs";
import type { ReactNode } from "react";

type Tab = { id: string; label: string; content: ReactNode };

/** Panels of which one shows; arrows move between the tabs, as screen readers expect. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <Radix.Root defaultValue={tabs[0]?.id ?? ""}>
      <Radix.List
        aria-label={label}
        className="scrollbar-none flex gap-0.5 overflow-x-auto border-border border-b px-2.5"
      >
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.id}
            value={tab.id}
            className="-mb-px inline-flex h-9 flex-none items-center whitespace-nowrap border-transparent border-b-2 px-2.5 text-sm text-fg-2 -outline-offset-2 hover:text-fg data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-fg"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.id} value={tab.id} tabIndex={-1}>
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
