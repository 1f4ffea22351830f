import type { Measured } from "./load";
import type { Side } from "./pairs";

/** One line of the table. `better` says on which side of the bar one wants to be; a bar of null: it is only reported. */
export type Row = {
  readonly what: string;
  readonly value: number;
  readonly interval?: readonly [low: number, high: number];
  readonly bar: number | null;
  readonly unit: string;
  readonly better: "more" | "less";
  readonly ours?: Side;
  readonly theirs?: Side;
  readonly runs?: readonly Measured[];
  /** More numbers, for the file only. */
  readonly raw?: unknown;
};

const short = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
const side = (value?: Side): string =>
  value
    ? `${Math.round(value.requestsPerSecond)}/s ${value.cpuMicroseconds.toFixed(1)} µs${value.errors > 0 ? ` ${value.errors} errors` : ""}`
    : "";

/** Whether a figure is within its bar; what has none holds. */
export const holds = ({ value, bar, better }: Row): boolean =>
  bar === null || (better === "more" ? value >= bar : value <= bar);

function lineOf(row: Row): string[] {
  const { what, value, interval, bar, unit, better } = row;
  return [
    what,
    `${short(value)}${unit}`,
    interval ? `${short(interval[0])} – ${short(interval[1])}` : "",
    ...(bar === null
      ? ["", "reported"]
      : [`${better === "more" ? "≥" : "≤"} ${short(bar)}${unit}`, holds(row) ? "holds" : "MISSED"]),
    side(row.ours),
    side(row.theirs),
  ];
}

/** Prints figures with the bar beside each; processor time is per request. */
export function printTable(rows: readonly Row[]): void {
  const head = ["what", "median", "95 %", "bar", "", "ours", "theirs"];
  const lines = [head, ...rows.map(lineOf)];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? "").length)));
  for (const line of lines) {
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  }
}
