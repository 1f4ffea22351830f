import { Card, CardHead } from "../ui/card";
import { DayChart, type DayKind } from "../ui/day-chart";
import type { Day } from "../ui/days";
import type { Reader } from "../ui/time-words";

const KINDS = [
  { kind: "allowed", label: "Allowed", fill: "fill-chart-allowed", dot: "bg-chart-allowed" },
  { kind: "refused", label: "Refused", fill: "fill-chart-denied", dot: "bg-chart-denied" },
  { kind: "undecided", label: "Not decided", fill: "fill-chart-limited", dot: "bg-chart-limited" },
] as const;

type Verified = Day<(typeof KINDS)[number]["kind"]>;

type Props<D> = { days: readonly D[]; reader: Reader };

/** Verifications by day and outcome. */
export const Verifications = ({ days, reader }: Props<Verified>) => (
  <Outcomes title="Verifications" days={days} kinds={KINDS} reader={reader} />
);

/** Calls with one's own tokens: what could not be decided is told to administrators. */
export const OwnCalls = ({ days, reader }: Props<Day<"allowed" | "refused">>) => (
  <Outcomes title="Calls with your tokens" days={days} kinds={[KINDS[0], KINDS[1]]} reader={reader} />
);

type Drawn<Kind extends string> = Props<Day<Kind>> & { title: string; kinds: readonly DayKind<Kind>[] };

function Outcomes<Kind extends string>({ title, days, kinds, reader }: Drawn<Kind>) {
  return (
    <Card aria-labelledby="verifications" className="min-w-0">
      <CardHead id="verifications">
        {title}, {days.length} days
      </CardHead>
      <div className="px-[18px] pt-3 pb-4">
        <DayChart days={days} kinds={kinds} caption={`${title} by day`} reader={reader} />
      </div>
    </Card>
  );
}
