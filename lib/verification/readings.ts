import type { Target } from "./path";
import { decodeOnce } from "./percent";

/** Longer forms of ASCII that UTF-8 forbids; old servers took `%c0%ae` for a dot. */
const LOW = /%(?:c0|e0%80)%([89ab][0-9a-f])/gi;
const HIGH = /%(?:c1|e0%81)%([89ab][0-9a-f])/gi;

const NONE: readonly (readonly string[])[] = Object.freeze([]);

export const decodeLeniently = (text: string): string => decodeOnce(text)?.text ?? text;

function shortened(text: string): string {
  const char = (hex: string, base: number) => String.fromCharCode(base + (Number.parseInt(hex, 16) & 0x3f));
  return text.replace(LOW, (_, hex: string) => char(hex, 0)).replace(HIGH, (_, hex: string) => char(hex, 0x40));
}

const named = (part: string): boolean => part !== "";

/**
 * How a gateway or an upstream might read the same path where something in it is in doubt: to the letter, and as
 * obligingly as any ever did (decoded twice, cut at semicolons last, whatever looks like a slash for one).
 * @returns segments without empty ones; nothing where the path can be read in one way only
 */
export function otherReadings({ rawPath, signatures }: Target): readonly (readonly string[])[] {
  if (signatures.length === 0) return NONE;
  const path = rawPath.slice(1);
  const obliging = decodeLeniently(decodeLeniently(shortened(path))).normalize("NFKC");
  return [
    path.split("/").map(decodeLeniently).filter(named),
    obliging
      .split(/[/\\]/)
      .map((part) => part.split(";")[0] ?? "")
      .filter(named),
  ];
}

/** Whether a reading leads out of the path it is in. */
export const leadsAway = (segments: readonly string[]): boolean =>
  segments.some((segment) => segment === "." || segment === "..");
