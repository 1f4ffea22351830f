import { STATUS_CODES, validateHeaderName, validateHeaderValue } from "node:http";

let second = 0;
let date = "";

/** The `Date` of an answer (RFC 9110 §6.6.1), made once a second. */
function dateNow(): string {
  const now = Math.floor(Date.now() / 1_000);
  if (now !== second) {
    second = now;
    date = new Date(now * 1_000).toUTCString();
  }
  return date;
}

/** How the lines of names begin that are known to be good: there are few, and each answer has the same. */
const BEGINNINGS = new Map<string, string>();
const MOST_NAMES = 200;

function beginningOf(name: string): string {
  const known = BEGINNINGS.get(name);
  if (known !== undefined) return known;
  validateHeaderName(name);
  const beginning = `\r\n${name}: `;
  if (BEGINNINGS.size < MOST_NAMES) BEGINNINGS.set(name, beginning);
  return beginning;
}

/**
 * The head of an answer, as node:http writes it.
 * @param headers name, value, name, value … with `Content-Length`, without `Date` and `Connection`. Throws what node:http throws
 *   for a name or a value that cannot stand there.
 * @param connection what becomes of the connection, as a header line or several
 */
export function headOf(status: number, headers: readonly string[], connection: string): string {
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "unknown"}`;
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const [name = "", value = ""] = [headers[at], headers[at + 1]];
    const beginning = beginningOf(name);
    if (value !== "") validateHeaderValue(name, value);
    head += beginning + value;
  }
  return `${head}\r\nDate: ${dateNow()}\r\n${connection}\r\n`;
}
