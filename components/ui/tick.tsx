import type { ReactNode } from "react";

type Props = { name: string; value?: string; on: boolean; hint?: ReactNode; children: ReactNode };

/** One box of a form, with what it means beside it. */
export function Tick({ name, value, on, hint, children }: Props) {
  return (
    <label className="flex items-start gap-2 text-sm">
      <input
        type="checkbox"
        name={name}
        value={value}
        defaultChecked={on}
        className="mt-0.5 size-4 flex-none accent-(--accent)"
      />
      <span className="min-w-0">
        {children}
        {hint && <span className="block text-xs text-fg-3">{hint}</span>}
      </span>
    </label>
  );
}
