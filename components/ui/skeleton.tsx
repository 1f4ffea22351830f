/** Rows in the shape of what is coming. Appears after 150 ms; quick answers never show it. */
export function SkeletonRows({ rows = 4, label }: { rows?: number; label: string }) {
  return (
    <div role="status" className="animate-[fade_1ms_150ms_both]">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div
          key={row}
          aria-hidden="true"
          className="grid grid-cols-[1fr_70px_60px] items-center gap-3 border-border border-t px-4 py-4 first-of-type:border-t-0"
        >
          <span className="h-3 w-2/3 rounded-xs bg-surface-3" />
          <span className="h-3 rounded-xs bg-surface-3" />
          <span className="h-3 rounded-xs bg-surface-3" />
        </div>
      ))}
    </div>
  );
}
