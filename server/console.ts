import { format, stripVTControlCharacters } from "node:util";
import type { Level, Log } from "#lib/log";

const METHODS = { log: "info", info: "info", warn: "warn", error: "error", debug: "debug" } as const satisfies Record<
  string,
  Level
>;

type Console = Record<keyof typeof METHODS, (...said: unknown[]) => void>;

/**
 * What libraries say on the console (Next: every error of a page) becomes lines of the log, one each, JSON and without
 * credentials like all others.
 */
export function consoleInto(log: Log, target: Console): void {
  for (const method of Object.keys(METHODS) as (keyof typeof METHODS)[]) {
    target[method] = (...said) => {
      const error = said.find((each) => each instanceof Error);
      const text = stripVTControlCharacters(format(...said.filter((each) => each !== error))).trim();
      log[METHODS[method]]("console", { ...(text ? { text } : {}), ...(error ? { error } : {}) });
    };
  }
}
