import { randomBytes } from "node:crypto";

/** Of this process: two verifiers never give the same id. */
const NODE = randomBytes(6).toString("hex");
const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");

let millisecond = 0;
let prefix = "";
let counter = 0;

/**
 * An id for one verification: a UUIDv7 (RFC 9562 §5.7) of time, a counter and the process. It names a request and
 * protects nothing, so it need not be guessed hard, but made quickly.
 * @param now epoch milliseconds
 */
export function newRequestId(now: number): string {
  if (now !== millisecond) {
    millisecond = now;
    const time = hex(now, 12);
    prefix = `${time.slice(0, 8)}-${time.slice(8)}-7`;
    counter = 0;
  }
  counter = (counter + 1) & 0x3fffff;
  return `${prefix}${hex(counter >>> 10, 3)}-${hex(0x8000 | (counter & 0x3ff), 4)}-${NODE}`;
}
