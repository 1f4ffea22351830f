import { KeyRound } from "lucide-react";
import { FigureRow, shareAllowed } from "#components/overview/figures";
import { OwnNeeds } from "#components/overview/own-needs";
import { OwnCalls } from "#components/overview/verifications";
import { ButtonLink } from "#components/ui/button-link";
import { daysOf, grouped } from "#components/ui/days";
import { EmptyState } from "#components/ui/empty-state";
import type { Reader } from "#components/ui/time-words";
import type { OwnOverview } from "#lib/overview/queries-own";

/** One's own tokens, for everybody else. */
export function Own({ found, reader }: { found: OwnOverview; reader: Reader }) {
  if (found.tokens === 0 && found.waits.length === 0 && found.hours.length === 0) {
    return (
      <EmptyState icon={KeyRound} title="No token yet" action={<ButtonLink href="/tokens">My tokens</ButtonLink>}>
        Once you have tokens, this page says which of them need you.
      </EmptyState>
    );
  }
  const days = daysOf(
    found.hours,
    reader,
    { first: -13, count: 14 },
    { allowed: ({ allowed }) => allowed, refused: ({ refused }) => refused },
  );
  const sum = (of: typeof days) =>
    of.reduce(({ allowed, all }, day) => ({ allowed: allowed + day.allowed, all: all + day.allowed + day.refused }), {
      allowed: 0,
      all: 0,
    });
  const [today, both] = [sum(days.slice(-1)), sum(days)];
  return (
    <div className="grid min-w-0 gap-4">
      <OwnNeeds waits={found.waits} />
      <FigureRow
        figures={[
          { name: "Tokens not ended", value: grouped(found.tokens), beside: "" },
          { name: "Calls today", value: grouped(today.all), beside: shareAllowed(today) },
          { name: "Calls in 14 days", value: grouped(both.all), beside: shareAllowed(both) },
        ]}
      />
      <OwnCalls days={days} reader={reader} />
    </div>
  );
}
