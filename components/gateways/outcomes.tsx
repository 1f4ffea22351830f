import type { Outcome } from "#lib/gateways/overview";
import { REASONS } from "#lib/verification/reasons";

const KNOWN: Readonly<Record<string, { readonly meaning: string }>> = REASONS;

/** What came of a gateway's calls, by reason. */
export function Outcomes({ outcomes }: { outcomes: readonly Outcome[] }) {
  if (outcomes.length === 0) return <p className="text-fg-3">No call in the last 24 hours.</p>;
  return (
    <ul className="grid gap-1.5">
      {outcomes.map(({ reason, calls, allowed }) => (
        <li key={reason} className="flex gap-2">
          <span className={`w-16 flex-none text-right tabular-nums ${allowed ? "" : "text-danger-fg"}`}>
            {calls.toLocaleString("en")}
          </span>
          <span className="min-w-0 text-fg-2">{KNOWN[reason]?.meaning ?? reason}</span>
        </li>
      ))}
    </ul>
  );
}
