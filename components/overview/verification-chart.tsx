import { Card, CardHead } from "../ui/card";
import { dayOf, type Reader } from "../ui/time-words";
import { type Day, grouped, rounded, scaleEnd } from "./days";

export type Verified = Day<"allowed" | "refused" | "undecided">;

const [WIDTH, HEIGHT, LEFT, BOTTOM] = [700, 240, 44, 24];
const KINDS = [
  { kind: "allowed", label: "Allowed", fill: "fill-chart-allowed", dot: "bg-chart-allowed" },
  { kind: "refused", label: "Refused", fill: "fill-chart-denied", dot: "bg-chart-denied" },
  { kind: "undecided", label: "Not decided", fill: "fill-chart-limited", dot: "bg-chart-limited" },
] as const;

const total = (day: Verified) => day.allowed + day.refused + day.undecided;

/** Verifications by day and outcome, drawn by the server; the same numbers follow as a table for who does not see it. */
export function VerificationChart({ days, reader }: { days: readonly Verified[]; reader: Reader }) {
  const end = scaleEnd(Math.max(...days.map(total)));
  const inner = HEIGHT - BOTTOM - 8;
  const step = (WIDTH - LEFT) / days.length;
  const y = (count: number) => 8 + inner * (1 - count / end);
  return (
    <Card aria-labelledby="verifications" className="min-w-0">
      <CardHead id="verifications">Verifications, {days.length} days</CardHead>
      <div className="px-[18px] pt-3 pb-4">
        <p className="mb-2 flex flex-wrap gap-x-4 text-xs text-fg-2" aria-hidden="true">
          {KINDS.map(({ kind, label, dot }) => (
            <span key={kind} className="flex items-center gap-1.5">
              <span className={`size-2.5 rounded-xs ${dot}`} />
              {label}
            </span>
          ))}
        </p>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="w-full" aria-hidden="true">
          {[0, end / 2, end].map((mark) => (
            <g key={mark}>
              <line x1={LEFT} x2={WIDTH} y1={y(mark)} y2={y(mark)} className="stroke-chart-grid" />
              <text x={LEFT - 8} y={y(mark) + 4} textAnchor="end" className="fill-fg-3 text-xs">
                {rounded(mark)}
              </text>
            </g>
          ))}
          {days.map((day, index) => (
            <g key={day.at}>
              {bars(day, end, inner).map((bar) => (
                <rect
                  key={bar.kind}
                  x={LEFT + index * step + step * 0.18}
                  width={step * 0.64}
                  y={bar.y}
                  height={bar.height}
                  className={bar.fill}
                  rx={1.5}
                />
              ))}
              <text x={LEFT + (index + 0.5) * step} y={HEIGHT - 6} textAnchor="middle" className="fill-fg-3 text-xs">
                {day.day}
              </text>
            </g>
          ))}
        </svg>
        <table className="sr-only">
          <caption>Verifications by day</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              {KINDS.map(({ kind, label }) => (
                <th key={kind} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.at}>
                <th scope="row">{dayOf(day.at, reader)}</th>
                {KINDS.map(({ kind }) => (
                  <td key={kind}>{grouped(day[kind])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

/** Stacked from below, 1.5 apart; what was counted is at least a line. */
function bars(day: Verified, end: number, inner: number) {
  let top = 8 + inner;
  return KINDS.flatMap(({ kind, fill }) => {
    if (day[kind] === 0) return [];
    const height = Math.max(1.5, (inner * day[kind]) / end);
    top -= height;
    const bar = { kind, fill, y: top, height };
    top -= 1.5;
    return [bar];
  });
}
