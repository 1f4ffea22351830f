import { Card, CardHead } from "../ui/card";
import { DayChart } from "../ui/day-chart";
import type { Day } from "../ui/days";
import type { Reader } from "../ui/time-words";

const KINDS = [
  { kind: "allowed", label: "Allowed", fill: "fill-chart-allowed", dot: "bg-chart-allowed" },
  { kind: "refused", label: "Refused", fill: "fill-chart-denied", dot: "bg-chart-denied" },
  { kind: "undecided", label: "Not decided", fill: "fill-chart-limited", dot: "bg-chart-limited" },
] as const;

type Verified = Day<(typeof KINDS)[number]["kind"]>;

type Props = { days: readonly Verified[]; reader: Reader; title?: string };

/** Verifications by day and outcome. */
export function Verifications({ days, reader, title = "Verifications" }: Props) {
  return (
    <Card aria-labelledby="verifications" className="min-w-0">
      <CardHead id="verifications">
        {title}, {days.length} days
      </CardHead>
      <div className="px-[18px] pt-3 pb-4">
        <DayChart days={days} kinds={KINDS} caption={`${title} by day`} reader={reader} />
      </div>
    </Card>
  );
}
