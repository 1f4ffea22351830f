import type { Writable } from "node:stream";
import { logLine, prettyLine } from "#lib/log";

/** Lines wait in memory for a reader that does not read, up to here; what comes then is left out and counted. */
const MOST_WAITING_BYTES = 1024 * 1024;

type Stream = Writable & { readonly isTTY?: boolean };

/**
 * Makes a stream fit for the log of a process that must go on whatever becomes of its log: a full disk, a reader that is
 * gone or does not read. What cannot be written is lost, and how many lines that were is said when it works again, on a
 * line of its own: a disk that is full takes the beginning of a line and no more.
 * @param now epoch milliseconds
 */
export function steady(stream: Stream, mostBytes = MOST_WAITING_BYTES, now: () => number = Date.now) {
  const format = stream.isTTY ? prettyLine : logLine;
  let lost = 0;
  let isCutOff = false;
  stream.on("error", () => undefined); // each write is told for itself
  return {
    isTTY: stream.isTTY === true,
    write(text: string): boolean {
      if (stream.writableLength > mostBytes) {
        lost += 1;
        return false;
      }
      const [before, end] = [lost, isCutOff ? "\n" : ""];
      [lost, isCutOff] = [0, false];
      const said = before === 0 ? "" : `${end}${format(now(), "warn", "log.lost", { lines: before })}\n`;
      return stream.write(said + text, (error) => {
        if (!error) return;
        lost += before + 1;
        isCutOff = true;
      });
    },
  };
}
