"use client";
import type { ReactNode } from "react";

/** What unfolds over the page, below its summary: the browser's own details element, which Escape closes too. */
export function Unfolding({ className, children }: { className: string; children: ReactNode }) {
  return (
    <details
      className={className}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !event.currentTarget.open) return;
        event.currentTarget.open = false;
        event.currentTarget.querySelector("summary")?.focus();
      }}
    >
      {children}
    </details>
  );
}
