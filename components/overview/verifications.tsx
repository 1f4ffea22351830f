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

/** Verifications by day and outcome. */
export function Verifications({ days, reader }: { days: readonly Verified[]; reader: Reader }) {
  return (
    <Card aria-labelledby="verifications" className="min-w-0">
      <CardHead id="verifications">Verifications, {days.length} days</CardHead>
      <div className="px-[18px] pt-3 pb-4">
        <DayChart days={days} kinds={KINDS} caption="Verifications by day" reader={reader} />
      </div>
    </Card>
  );
}
