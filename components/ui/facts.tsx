import type { ReactNode } from "react";

/** Facts about one thing, a line each: name left, value right; on phones below each other. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="divide-y divide-border">{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-4 px-4 py-2.5 max-desk:flex-col max-desk:gap-0.5">
      <dt className="w-32 flex-none text-sm leading-5 text-fg-3">{name}</dt>
      <dd className="min-w-0 text-sm leading-5 [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

/** Where there is nothing to say: that, in words. */
export const None = ({ children }: { children: ReactNode }) => <span className="text-fg-3">{children}</span>;
