import type { ComponentProps, ReactNode } from "react";

type Props = Omit<ComponentProps<"input">, "title" | "type"> & { title: ReactNode; children?: ReactNode };

/** A choice that needs a reason: radio, title, its consequence in words. A real radio, so arrows and forms just work. */
export function ChoiceCard({ title, children, ...input }: Props) {
  return (
    <label className="flex gap-2.5 rounded-md border border-border-2 bg-surface px-3 py-[9px] transition-colors duration-(--fast) hover:border-border-control has-checked:border-accent has-checked:bg-accent-bg has-checked:shadow-[inset_0_0_0_1px_var(--accent)] has-disabled:bg-surface-2 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus">
      <input
        {...input}
        type="radio"
        className="mt-0.5 size-4 flex-none appearance-none rounded-full border border-border-control bg-surface outline-none checked:border-[5px] checked:border-accent disabled:border-border-2"
      />
      <span className="min-w-0">
        <span className="block font-medium [label:has(:disabled)_&]:text-fg-3">{title}</span>
        {children && <span className="mt-px block text-xs text-fg-2 [overflow-wrap:anywhere]">{children}</span>}
      </span>
    </label>
  );
}
