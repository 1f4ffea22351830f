import { STATUS_CODES } from "node:http";
import type { SaidLines } from "./said-lines";

/** First lines, by status: there are few. */
const FIRST_LINES = new Map<number, string>();

function firstLineOf(status: number): string {
  const known = FIRST_LINES.get(status);
  if (known !== undefined) return known;
  const line = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "unknown"}`;
  FIRST_LINES.set(status, line);
  return line;
}

let second = 0;
let date = "";

/** The line with the `Date` of an answer (RFC 9110 §6.6.1), made once a second, and the ends of those before it and of itself. */
function dateLine(): string {
  const now = Math.floor(Date.now() / 1_000);
  if (now !== second) {
    second = now;
    date = `\r\nDate: ${new Date(now * 1_000).toUTCString()}\r\n`;
  }
  return date;
}

/**
 * The head of an answer, as node:http writes it.
 * @param headers name, value, name, value … with `Content-Length`, without `Date` and `Connection`. Throws what node:http throws
 *   for a name or a value that cannot stand there.
 * @param last what becomes of the connection, as a header line or several, and the empty line
 * @param said what was answered before; learns from it
 */
export function headOf(status: number, headers: readonly string[], last: string, said: SaidLines): string {
  said.begin();
  let head = firstLineOf(status);
  for (let at = 0; at + 1 < headers.length; at += 2) head += said.lineOf(headers[at] ?? "", headers[at + 1] ?? "");
  return head + dateLine() + last;
}
