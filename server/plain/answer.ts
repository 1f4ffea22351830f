import { STATUS_CODES, validateHeaderValue } from "node:http";

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

/**
 * The head of an answer, as node:http writes it.
 * @param headers name, value, name, value … with `Content-Length`. Throws what node:http throws for a value that cannot stand there.
 * @param connection what becomes of the connection, as a header line or several
 */
export function headOf(status: number, headers: readonly string[], connection: string): string {
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "unknown"}\r\n`;
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const [name = "", value = ""] = [headers[at], headers[at + 1]];
    validateHeaderValue(name, value);
    head += `${name}: ${value}\r\n`;
  }
  return `${head}Date: ${dateNow()}\r\n${connection}\r\n`;
}
