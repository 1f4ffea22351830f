import { AttentionList } from "#components/overview/attention-list";
import { Ends } from "#components/overview/ends";
import { Figures } from "#components/overview/figures";
import { Reasons } from "#components/overview/reasons";
import { Verifications } from "#components/overview/verifications";
import { daysOf } from "#components/ui/days";
import type { Reader } from "#components/ui/time-words";
import type { Overview } from "#lib/overview/queries";

/** The installation, for who sees every token. */
export function Whole({ found, reader }: { found: Overview; reader: Reader }) {
  const verified = daysOf(
    found.hours,
    reader,
    { first: -13, count: 14 },
    {
      allowed: (hour) => (hour.outcome === "allowed" ? hour.count : 0),
      refused: (hour) => (hour.outcome === "refused" ? hour.count : 0),
      undecided: (hour) => (hour.outcome === "undecided" ? hour.count : 0),
    },
  );
  const ends = daysOf(
    found.ends,
    reader,
    { first: 0, count: 31 },
    {
      count: (each) => each.count,
      used: (each) => each.used,
    },
  );
  const today = verified.at(-1);
  const all = today ? today.allowed + today.refused + today.undecided : 0;
  return (
    <div className="grid min-w-0 gap-4">
      <AttentionList waits={found.waits} />
      <Figures tokens={found.tokens} passwords={found.passwords} today={{ allowed: today?.allowed ?? 0, all }} />
      <div className="grid min-w-0 gap-4 desk:grid-cols-[minmax(0,1.8fr)_minmax(0,1fr)]">
        <Verifications days={verified} reader={reader} />
        <Reasons reasons={found.reasons} />
      </div>
      <Ends days={ends} reader={reader} />
    </div>
  );
}
