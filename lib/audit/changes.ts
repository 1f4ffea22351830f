import type { Json } from "./define";
import { type Difference, differences } from "./difference";
import { few, quoted } from "./words";

const MOST = 3;
const LONGEST = 60;

const isTexts = (value: Json): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string");

/** A value as a sentence can hold it; null for one that it cannot. */
function short(value: Json): string | null {
  if (value === null || value === "") return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return `${value}`;
  return typeof value === "string" && value.length <= LONGEST ? quoted(value) : null;
}

/** One difference in words: `name from “a” to “b”`, `ranges: added x, took out y`. */
function inWords(label: string, { before, after }: Difference): string {
  const [old, now] = [before ?? [], after ?? []];
  if (isTexts(old) && isTexts(now)) {
    const added = now.filter((each) => !old.includes(each));
    const gone = old.filter((each) => !now.includes(each));
    const parts = [added.length > 0 && `added ${few(added)}`, gone.length > 0 && `took out ${few(gone)}`];
    return `${label}: ${parts.filter(Boolean).join(", ") || "in another order"}`;
  }
  const [from, to] = [short(before), short(after)];
  return from === null || to === null ? label : `${label} from ${from} to ${to}`;
}

/**
 * What changed, as the end of a sentence that begins `changed the network office`: a colon and the differences, the
 * first three in full. Empty where none of the labelled fields differs.
 * @param labels the fields worth telling and what people call them; inner fields follow after a blank
 */
export function changes(before: unknown, after: unknown, labels: Readonly<Record<string, string>>): string {
  // Both come from a JSON column.
  const all = differences(before as Json, after as Json).flatMap((each) => {
    const [field = "", ...inner] = each.path;
    return Object.hasOwn(labels, field) ? [inWords([labels[field], ...inner].join(" "), each)] : [];
  });
  const rest = all.length - MOST;
  const told = rest > 0 ? [...all.slice(0, MOST), `and ${rest} more`] : all;
  return told.length === 0 ? "" : `: ${told.join("; ")}`;
}
