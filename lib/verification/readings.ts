import { CONTROL, type PathRule, type Target } from "./path";
import { decodeOnce } from "./percent";

/** Longer forms of ASCII that UTF-8 forbids; old servers took `%c0%ae` for a dot. */
const LOW = /%(?:c0|e0%80)%([89ab][0-9a-f])/gi;
const HIGH = /%(?:c1|e0%81)%([89ab][0-9a-f])/gi;

const SEPARATORS = /[/\\]/;
type Readings = readonly (readonly string[])[];

const NONE: Readings = Object.freeze([]);
/** Longer paths in doubt are not read as a whole: who makes up such a path must not make us busy. */
const LONGEST_IN_DOUBT = 1_024;

const ESCAPES = /(?:%[0-9A-Fa-f]{2})+/g;

/** Decoded as far as it can be: what is no escape stays as it is. */
export const decodeLeniently = (text: string): string =>
  text.replace(ESCAPES, (escapes) => decodeOnce(escapes)?.text ?? escapes);

function shortened(text: string): string {
  const char = (hex: string, base: number) => String.fromCharCode(base + (Number.parseInt(hex, 16) & 0x3f));
  return text.replace(LOW, (_, hex: string) => char(hex, 0)).replace(HIGH, (_, hex: string) => char(hex, 0x40));
}

const normalised = (text: string): string => text.normalize("NFKC");
const decodeLonger = (text: string): string => decodeLeniently(shortened(text));
const OBLIGING = [decodeLeniently, decodeLonger, normalised, decodeLeniently] as const;

/** The path decoded, and in every form in which somebody might have it then: each of these things done to it, or not. */
function formsOf(path: string): ReadonlySet<string> {
  const forms = new Set([path, shortened(path)].map(decodeLeniently));
  for (const change of OBLIGING) for (const form of [...forms]) forms.add(change(form));
  return forms;
}

const named = (part: string): boolean => part !== "";
const cut = (part: string): string => part.split(";")[0] ?? "";

/** The segments of a form: slashes alone or backslashes too, with parameters or cut at them. */
function segmentsOf(form: string): string[][] {
  const splits = form.includes("\\") ? [form.split("/"), form.split(SEPARATORS)] : [form.split("/")];
  const read = form.includes(";") ? [...splits, ...splits.map((parts) => parts.map(cut))] : splits;
  return read.map((parts) => parts.filter(named));
}

/** @param path without the slash that it begins with */
function readingsOf(path: string): Readings {
  const readings = [path.split("/").map(decodeLeniently).filter(named), ...[...formsOf(path)].flatMap(segmentsOf)];
  return [...new Map(readings.map((segments) => [segments.join("\u0000"), segments])).values()];
}

/** A target never changes, and several steps ask how it can be read. */
const READ = new WeakMap<Target, Readings>();

function readOnce(target: Target): Readings {
  const known = READ.get(target);
  if (known !== undefined) return known;
  const readings = readingsOf(target.rawPath.slice(1));
  READ.set(target, readings);
  return readings;
}

/**
 * How a gateway or an upstream might read the same path where something in it is in doubt: to the letter, and in every
 * way in which any of them ever obliged (decoded twice, cut at semicolons, whatever looks like a slash for one).
 * One reading for all of that is not enough: who obliges in one thing need not in another.
 * @returns segments without empty ones; none where the path can be read in one way only; null where it is too long to be
 *   read so: then it may be anything that begins like one of `otherBeginnings`
 */
export function otherReadings(target: Target): Readings | null {
  if (target.signatures.length === 0) return NONE;
  return target.rawPath.length > LONGEST_IN_DOUBT ? null : readOnce(target);
}

/**
 * How the readings of a path begin that is too long for `otherReadings`: up to a slash that is one to everybody, so that
 * what follows can add segments, but not change these.
 */
export const otherBeginnings = ({ rawPath }: Target): Readings =>
  readingsOf(rawPath.slice(1, Math.max(1, rawPath.lastIndexOf("/", LONGEST_IN_DOUBT))));

/**
 * Which of the rules that hold always a reading breaks: it leads out of its path, or a control character may end it there.
 * @returns null where it breaks none
 */
export function brokenRule(segments: readonly string[]): PathRule | null {
  if (segments.some((segment) => segment === "." || segment === "..")) return "dot_segment";
  return segments.some((segment) => CONTROL.test(segment)) ? "control" : null;
}
