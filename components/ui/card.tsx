import type { ComponentProps, ReactNode } from "react";

export function Card({ className = "", ...rest }: ComponentProps<"section">) {
  return <section {...rest} className={`rounded-lg border border-border bg-surface ${className}`} />;
}

export function CardHead({ id, children, aside }: { id?: string; children: ReactNode; aside?: ReactNode }) {
  return (
    <div className="flex items-center gap-2 border-border border-b px-4 py-3">
      <h2 id={id}>{children}</h2>
      {aside && <div className="ml-auto">{aside}</div>}
    </div>
  );
}
