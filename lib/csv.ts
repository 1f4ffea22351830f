/** What a spreadsheet would take for a formula is marked as text; full-width signs count too. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** One field of a CSV file (RFC 4180), always quoted, never a formula. */
export const csvField = (content: string): string =>
  `"${(FORMULA.test(content) ? `'${content}` : content).replaceAll('"', '""')}"`;

const line = (fields: readonly string[]): string => `${fields.map(csvField).join(",")}\r\n`;

/**
 * A CSV file of things of one kind.
 * @param columns their names in order, and what stands in each
 * @returns its first line, and what makes the line of a thing
 */
export function csvOf<Row>(columns: Readonly<Record<string, (row: Row) => string>>) {
  const fields = Object.values(columns);
  return { head: line(Object.keys(columns)), line: (row: Row): string => line(fields.map((field) => field(row))) };
}
