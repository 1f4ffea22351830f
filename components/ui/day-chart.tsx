import { type Day, grouped, rounded, scaleEnd } from "./days";
import { dayOf, type Reader } from "./time-words";

/** What is counted by day: its label, and the classes of its bars and of the dot beside its label. */
export type DayKind<Kind extends string> = {
  readonly kind: Kind;
  readonly label: string;
  readonly fill: string;
  readonly dot: string;
};

const [STEP, HEIGHT] = [20, 100];
/** Labels that fit beside each other; on a phone every second of them. */
const LABELS = 7;

/**
 * Counts by day, stacked, drawn by the server at any width; the same numbers follow as a table for who does not see it.
 * @param caption what is counted, for that table
 */
export function DayChart<Kind extends string>({
  days,
  kinds,
  caption,
  reader,
}: {
  days: readonly Day<Kind>[];
  kinds: readonly DayKind<Kind>[];
  caption: string;
  reader: Reader;
}) {
  const end = scaleEnd(Math.max(...days.map((day) => kinds.reduce((all, { kind }) => all + day[kind], 0))));
  const every = days.length > LABELS * 2 ? LABELS : Math.ceil(days.length / LABELS);
  return (
    <>
      <p className="mb-2 flex flex-wrap gap-x-4 text-xs text-fg-2" aria-hidden="true">
        {kinds.map(({ kind, label, dot }) => (
          <span key={kind} className="flex items-center gap-1.5">
            <span className={`size-2.5 rounded-xs ${dot}`} />
            {label}
          </span>
        ))}
      </p>
      <div aria-hidden="true" className="grid grid-cols-[2.5rem_minmax(0,1fr)] text-xs text-fg-3 tabular-nums">
        <div className="flex h-44 flex-col items-end justify-between pr-2 leading-none">
          {[end, end / 2, 0].map((mark) => (
            <span key={mark}>{rounded(mark)}</span>
          ))}
        </div>
        <svg
          viewBox={`0 0 ${days.length * STEP} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="my-1.5 h-[10.25rem] w-full"
          aria-hidden="true"
        >
          {[0, 0.5, 1].map((part) => (
            <line
              key={part}
              x2={days.length * STEP}
              y1={HEIGHT * part}
              y2={HEIGHT * part}
              vectorEffect="non-scaling-stroke"
              className="stroke-chart-grid"
            />
          ))}
          {days.map((day, index) =>
            bars(day, kinds, end).map(({ kind, fill, y, height }) => (
              <rect
                key={`${day.at} ${kind}`}
                x={index * STEP + STEP * 0.16}
                width={STEP * 0.68}
                y={y}
                height={height}
                className={fill}
              />
            )),
          )}
        </svg>
        <span />
        <div className="flex">
          {days.map((day, index) => {
            const before = days.length - 1 - index;
            const also = before % (2 * every) === 0 ? "" : "max-desk:hidden";
            return (
              <span key={day.at} className="min-w-0 flex-1 overflow-visible whitespace-nowrap text-center">
                {before % every === 0 && <span className={`-mx-6 inline-block ${also}`}>{dayOf(day.at, reader)}</span>}
              </span>
            );
          })}
        </div>
      </div>
      <table className="sr-only">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            {kinds.map(({ kind, label }) => (
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
              {kinds.map(({ kind }) => (
                <td key={kind}>{grouped(day[kind])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Stacked from below; what was counted is at least a line. */
function bars<Kind extends string>(day: Day<Kind>, kinds: readonly DayKind<Kind>[], end: number) {
  let top = HEIGHT;
  return kinds.flatMap(({ kind, fill }) => {
    if (day[kind] === 0) return [];
    const height = Math.max(1, (HEIGHT * day[kind]) / end);
    top -= height;
    return [{ kind, fill, y: top, height }];
  });
}
