import { mkdirSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { projectFolder } from "#server/project";
import { printTable, type Row } from "./table";

export const say = (sentence: string) => process.stderr.write(`${sentence}\n`);

/** Prints the table, and keeps all the numbers as JSON with what else the machine had to do. */
export function report(
  kind: string,
  results: { readonly rows: readonly Row[]; readonly [more: string]: unknown },
): void {
  const folder = join(projectFolder(), "bench", "results");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${kind}-${new Date().toISOString().replaceAll(":", "-")}.json`);
  writeFileSync(file, `${JSON.stringify({ ...results, load: loadavg() }, null, 2)}\n`);
  printTable(results.rows);
  console.log(`\nRaw numbers: ${file}`);
}
