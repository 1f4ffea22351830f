import { Clock, Gauge, Hourglass, KeyRound, type LucideIcon, MapPin, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "../../ui/icon";
import type { LimitLine } from "./limit-lines";
import { Said } from "./said";
import type { Piece } from "./sentence";

const ICONS: Record<LimitLine["kind"], LucideIcon> = {
  ends: Clock,
  rate: Gauge,
  quota: KeyRound,
  unused: Hourglass,
  ranges: MapPin,
  approval: TriangleAlert,
  open: TriangleAlert,
};

type Props = { sentence: readonly Piece[]; lines: readonly LimitLine[]; button: ReactNode; next: string };

/** Beside the questions: what is being made, in one sentence, and what limits it, with sources. */
export function LivePanel({ sentence, lines, button, next }: Props) {
  return (
    <aside
      aria-label="What is being made"
      className="sticky top-[26px] overflow-hidden rounded-lg border border-border bg-surface shadow-1 max-wide:static"
    >
      <p
        aria-live="polite"
        className="text-pretty px-5 pt-5 pb-[18px] text-lg tracking-[-.006em] text-fg-2 [&_b]:font-semibold [&_b]:text-fg [overflow-wrap:anywhere]"
      >
        <Said pieces={sentence} />
      </p>
      <ul className="grid gap-2.5 border-border border-t px-5 py-3.5 empty:hidden">
        {lines.map((line) => (
          <li
            key={line.kind + line.pieces[0]?.text}
            className="flex gap-[9px] text-sm leading-5 text-fg-2 [&_b]:text-fg"
          >
            <Icon of={ICONS[line.kind]} className={`mt-0.5 ${line.warn ? "text-warning-fg" : "text-fg-3"}`} />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <Said pieces={line.pieces} />
            </span>
          </li>
        ))}
      </ul>
      <div className="grid gap-2 border-border border-t bg-surface-2 px-5 pt-3.5 pb-[18px] max-desk:hidden">
        {button}
        <p className="text-center text-xs text-fg-3">{next}</p>
      </div>
    </aside>
  );
}

/** On phones the sentence shrinks into a bar with its button. */
export function LiveBar({ sentence, button }: { sentence: readonly Piece[]; button: ReactNode }) {
  return (
    <div className="fixed inset-x-0 bottom-0 z-(--z-bar) grid gap-2 border-border-2 border-t bg-raised px-4 pt-2.5 pb-3 shadow-2 desk:hidden">
      <p className="line-clamp-2 text-sm text-fg-2 [&_b]:text-fg">
        <Said pieces={sentence} />
      </p>
      {button}
    </div>
  );
}
