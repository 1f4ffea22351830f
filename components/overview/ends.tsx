import { Card, CardHead } from "../ui/card";
import { type Day, grouped } from "../ui/days";
import { TextLink } from "../ui/text-link";
import { dayOf, type Reader } from "../ui/time-words";

const HEIGHT = 60;

/** When tokens end in the next thirty days; the days on which most do stand out. */
export function Ends({ days, reader }: { days: readonly Day<"count" | "used">[]; reader: Reader }) {
  const sum = (kind: "count" | "used") => days.reduce((all, day) => all + day[kind], 0);
  const most = Math.max(1, ...days.map(({ count }) => count));
  const [all, used] = [sum("count"), sum("used")];
  const busiest = days.filter(({ count }) => count > 0 && count === most);
  return (
    <Card aria-labelledby="ends" className="min-w-0">
      <CardHead id="ends">Ending in the next 30 days</CardHead>
      <div className="px-[18px] py-3.5">
        <p className="mb-3 text-sm text-fg-2">
          {all === 0
            ? "No token ends."
            : `${grouped(all)} ${all === 1 ? "token" : "tokens"}, ${grouped(used)} of them used today. `}
          {busiest.length === 1 && busiest[0] && `Most on ${dayOf(busiest[0].at, reader)}. `}
          {all > 0 && <TextLink href="/admin/tokens?view=expiring">Open in the token manager</TextLink>}
        </p>
        <svg viewBox={`0 0 ${days.length * 20} ${HEIGHT + 18}`} className="w-full max-desk:hidden" aria-hidden="true">
          {days.map((day, index) => {
            const height = Math.max(1, (HEIGHT * day.count) / most);
            const stands = day.count > 1 && day.count >= most * 0.75;
            return (
              <g key={day.at}>
                <rect
                  x={index * 20 + 1}
                  width={18}
                  y={HEIGHT - height}
                  height={height}
                  rx={1.5}
                  className={stands ? "fill-chart-limited" : "fill-border-2"}
                />
                <text x={index * 20 + 10} y={HEIGHT + 13} textAnchor="middle" className="fill-fg-3 text-[8px]">
                  {day.day}
                </text>
              </g>
            );
          })}
        </svg>
      </div>
    </Card>
  );
}
