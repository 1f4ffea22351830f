import type { ComponentProps, ReactNode } from "react";

type Props = Omit<ComponentProps<"input">, "type"> & { kind: "radio" | "checkbox"; children: ReactNode };

/** A small choice among several: one (radio) or any number (checkbox). The input itself is there for the keyboard. */
export function Chip({ kind, children, ...input }: Props) {
  return (
    <label className="relative inline-flex h-(--control-sm) items-center gap-1.5 whitespace-nowrap rounded-full border border-border-2 bg-surface px-2.5 text-sm text-fg-2 transition-colors duration-(--fast) hover:border-border-control has-checked:border-accent has-checked:bg-accent-bg has-checked:font-medium has-checked:text-accent-fg has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus max-desk:h-9">
      <input {...input} type={kind} className="sr-only" />
      {children}
    </label>
  );
}
