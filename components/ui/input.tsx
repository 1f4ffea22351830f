import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { Icon } from "./icon";

const BOX =
  "w-full rounded-sm border border-border-control bg-surface text-base text-fg aria-invalid:border-danger aria-invalid:shadow-[0_0_0_1px_var(--danger)] disabled:border-border-2 disabled:bg-surface-2 disabled:text-fg-disabled";
const HEIGHT = { sm: "h-(--control-sm) text-sm", md: "h-(--control)", lg: "h-(--control-lg)" } as const;

type Sized = { big?: boolean; mono?: boolean };

export function Input({ big = false, mono = false, className = "", ...rest }: ComponentProps<"input"> & Sized) {
  const look = `${BOX} ${big ? HEIGHT.lg : HEIGHT.md} px-2.5 max-desk:h-10 ${mono ? "mono" : ""} ${className}`;
  return <input {...rest} className={look} />;
}

export function TextArea({ mono = false, className = "", ...rest }: ComponentProps<"textarea"> & Sized) {
  return <textarea {...rest} className={`${BOX} block px-2.5 py-1.5 ${mono ? "mono" : ""} ${className}`} />;
}

/** The system's own list of choices: it works with every keyboard, screen reader and phone. */
export function Select({
  big = false,
  mono: _mono,
  className = "",
  children,
  ...rest
}: ComponentProps<"select"> & Sized) {
  return (
    <span className="relative block">
      <select
        {...rest}
        className={`${BOX} ${big ? HEIGHT.lg : HEIGHT.md} appearance-none pr-8 pl-2.5 max-desk:h-10 ${className}`}
      >
        {children}
      </select>
      <Icon of={ChevronDown} className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-fg-3" />
    </span>
  );
}
