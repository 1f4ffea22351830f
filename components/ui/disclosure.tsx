import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./icon";

/** Something folded away: the browser's own details element, which find-in-page and keyboards know. */
export function Disclosure({
  title,
  aside,
  children,
  plain = false,
  open,
}: {
  title: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  plain?: boolean;
  open?: boolean | undefined;
}) {
  const frame = plain ? "border-border border-t" : "rounded-lg border border-border";
  const line = plain ? "px-4 py-3.5" : "px-[18px] py-3";
  return (
    <details open={open} className={frame}>
      <summary className={`flex list-none items-center gap-2 rounded-lg text-fg-2 hover:text-fg ${line}`}>
        <Icon
          of={ChevronRight}
          className="text-fg-3 transition-transform duration-(--fast) [details[open]>summary>&]:rotate-90"
        />
        <span className="min-w-0">{title}</span>
        {aside && <span className="ml-auto text-sm text-fg-3 max-desk:hidden">{aside}</span>}
      </summary>
      {children}
    </details>
  );
}
