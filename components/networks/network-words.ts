/** How many ranges, and the first of them: *2 ranges: 10.0.0.0/8, 192.0.2.7*. */
export function rangesInWords(ranges: readonly string[], shown = 3): string {
  if (ranges.length === 0) return "No range: nothing is inside";
  const rest = ranges.length - shown;
  return ranges.slice(0, shown).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

/** Ranges as somebody types them, one a line or separated by commas or blanks. */
export const typedRanges = (text: string): string[] => text.split(/[\s,;]+/).filter((part) => part !== "");
