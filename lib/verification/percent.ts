import { Buffer, isUtf8 } from "node:buffer";

const PERCENT = 37;

/** Characters 0-9 A-F a-f to their value; 255 for all others. */
const HEX = new Uint8Array(128).fill(255);
for (const digit of "0123456789abcdefABCDEF") HEX[digit.charCodeAt(0)] = Number.parseInt(digit, 16);

function hexAt(text: string, index: number): number {
  return HEX[text.charCodeAt(index)] ?? 255;
}

export type Decoded = {
  readonly text: string;
  /** The bytes were UTF-8. If not, every offending byte is U+FFFD, which equals nothing. */
  readonly utf8: boolean;
};

/**
 * Decodes percent escapes exactly once (RFC 3986 §2.1). `+` stays what it is.
 * @returns null when a `%` is not followed by two hexadecimal digits
 */
export function decodeOnce(text: string): Decoded | null {
  if (!text.includes("%")) return { text, utf8: true };
  const bytes = Buffer.allocUnsafe(text.length);
  let length = 0;
  for (let i = 0; i < text.length; i += 1) {
    let byte = text.charCodeAt(i);
    if (byte === PERCENT) {
      const [high, low] = [hexAt(text, i + 1), hexAt(text, i + 2)];
      if (high > 15 || low > 15) return null;
      byte = high * 16 + low;
      i += 2;
    }
    bytes[length] = byte;
    length += 1;
  }
  const whole = bytes.subarray(0, length);
  return { text: whole.toString("utf8"), utf8: isUtf8(whole) };
}
