import { ArrowDown, ArrowUp } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { Icon } from "./icon";

// A region that scrolls is a stop for the keyboard, although nothing is pressed there.
const SCROLLS = { tabIndex: 0 };

/** The frame scrolls, the head stays. It can be focused, so that a keyboard can scroll it too. */
export function TableFrame({
  label,
  children,
  className = "",
}: {
  label: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section {...SCROLLS} aria-label={label} className={`overflow-auto border-border border-t bg-surface ${className}`}>
      {children}
    </section>
  );
}

export function Table({ className = "", ...rest }: ComponentProps<"table">) {
  return <table {...rest} className={`w-full border-separate border-spacing-0 text-sm ${className}`} />;
}

type HeadProps = ComponentProps<"th"> & { sorted?: "ascending" | "descending" | undefined };

export function Th({ sorted, children, className = "", ...rest }: HeadProps) {
  return (
    <th
      scope="col"
      {...rest}
      aria-sort={sorted}
      className={`sticky top-0 z-(--z-sticky) h-8 whitespace-nowrap border-border border-b bg-surface-2 px-2 text-left text-xs font-medium text-fg-3 aria-[sort]:text-fg ${className}`}
    >
      {children}
      {sorted && (
        <Icon of={sorted === "ascending" ? ArrowUp : ArrowDown} size={12} className="ml-1 inline align-[-2px]" />
      )}
    </th>
  );
}

export function Td({ className = "", ...rest }: ComponentProps<"td">) {
  return (
    <td
      {...rest}
      className={`h-(--row) border-border border-b px-2 group-last/row:border-b-0 group-hover/row:bg-hover group-has-[input:checked]/row:bg-selected ${className}`}
    />
  );
}

export function Tr({ className = "", ...rest }: ComponentProps<"tr">) {
  return <tr {...rest} className={`group/row ${className}`} />;
}
