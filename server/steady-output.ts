import type { Writable } from "node:stream";
import { logLine, prettyLine } from "#lib/log";

/** Lines wait in memory for a reader that does not read, up to here; what comes then is left out and counted. */
const MOST_WAITING_BYTES = 1024 * 1024;

type Stream = Writable & { readonly isTTY?: boolean };

/**
 * Makes a stream fit for the log of a process that must go on whatever becomes of its log: a full disk, a reader that is
 * gone or does not read. What cannot be written is lost, and how many lines that were is said when it works again.
 * @param now epoch milliseconds
 */
export function steady(stream: Stream, mostBytes = MOST_WAITING_BYTES, now: () => number = Date.now) {
  const format = stream.isTTY ? prettyLine : logLine;
  let lost = 0;
  stream.on("error", () => {
    lost += 1;
  });
  return {
    isTTY: stream.isTTY === true,
    write(text: string): boolean {
      if (stream.writableLength > mostBytes) {
        lost += 1;
        return false;
      }
      const before = lost;
      lost = 0;
      const said = before === 0 ? "" : `${format(now(), "warn", "log.lost", { lines: before })}\n`;
      return stream.write(said + text);
    },
  };
}
