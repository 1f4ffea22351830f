/** A tier's place from the top: the same number marks the cells it decides. 0 = no tier. */
export function TierNumber({ place }: { place: number }) {
  return (
    <span className="inline-grid h-5 min-w-5 flex-none place-items-center rounded-xs bg-surface-3 px-1 text-xs font-semibold text-fg-2 tabular-nums">
      {place === 0 ? "–" : place}
    </span>
  );
}
