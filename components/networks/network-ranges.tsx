/** A network's ranges for who may look, not change. */
export function NetworkRanges({ ranges }: { ranges: readonly string[] }) {
  if (ranges.length === 0) return <p className="text-sm text-fg-3">No range: nothing is inside.</p>;
  return (
    <ul className="mono grid gap-1 text-sm">
      {ranges.map((range) => (
        <li key={range}>{range}</li>
      ))}
    </ul>
  );
}
