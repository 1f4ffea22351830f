import { type Contestant, compare } from "./pairs";
import { say } from "./report";
import type { Row } from "./table";

/** Compares two as one row of the table: ours over theirs in requests per second. */
export async function against(
  what: string,
  ours: Contestant,
  theirs: Contestant,
  bar: number | null,
): Promise<Row & Required<Pick<Row, "ours" | "theirs">>> {
  say(`Measuring: ${what}`);
  const { ratio, ...sides } = await compare(ours, theirs);
  return { what, value: ratio.median, interval: [ratio.low, ratio.high], bar, unit: "×", better: "more", ...sides };
}
