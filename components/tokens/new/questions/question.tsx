import type { ReactNode } from "react";

/** One numbered question of *New token*. */
export function Question({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  const id = `question-${number}`;
  return (
    <section aria-labelledby={id} className="flex gap-3.5 pb-[26px] max-desk:gap-2.5">
      <span
        aria-hidden="true"
        className="mt-px grid size-[22px] flex-none place-items-center rounded-full bg-surface-3 text-xs font-semibold tabular-nums text-fg-2"
      >
        {number}
      </span>
      <div className="min-w-0 flex-1">
        <h2 id={id} className="mb-[9px]">
          {title}
        </h2>
        {children}
      </div>
    </section>
  );
}
