import { reasonWords } from "#lib/overview/outcome";
import { Card, CardHead } from "../ui/card";
import { grouped } from "../ui/days";

/** Why requests were refused, the most frequent reason first. */
export function Reasons({ reasons }: { reasons: readonly { readonly reason: string; readonly count: number }[] }) {
  const most = Math.max(1, ...reasons.map(({ count }) => count));
  return (
    <Card aria-labelledby="reasons" className="min-w-0">
      <CardHead id="reasons">Why requests were refused, 7 days</CardHead>
      {reasons.length === 0 ? (
        <p className="px-[18px] py-4 text-sm text-fg-3">None was refused.</p>
      ) : (
        <ul className="grid gap-3 px-[18px] py-3.5">
          {reasons.map(({ reason, count }) => (
            <li key={reason} className="text-sm">
              <span className="flex gap-3">
                <a href={`/help/refusals#${reason}`} className="min-w-0 flex-1 text-fg">
                  {reasonWords(reason)}
                </a>
                <span className="tabular-nums text-fg-2">{grouped(count)}</span>
              </span>
              <svg
                viewBox="0 0 100 2"
                preserveAspectRatio="none"
                className="mt-1 block h-1.5 w-full"
                aria-hidden="true"
              >
                <rect width={100} height={2} className="fill-surface-3" />
                <rect width={(100 * count) / most} height={2} className="fill-chart-denied" />
              </svg>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
