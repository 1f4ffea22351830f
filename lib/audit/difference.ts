import type { Json } from "./define";

/** A place where two documents differ: keys from the outside in. Null on the side that does not have it. */
export type Difference = { readonly path: readonly string[]; readonly before: Json; readonly after: Json };

type Fields = { readonly [key: string]: Json };

const isFields = (value: Json): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

const own = (fields: Fields, key: string): Json => (Object.hasOwn(fields, key) ? (fields[key] ?? null) : null);

// Our own documents are three deep. Foreign ones beyond this are compared whole.
const DEEPEST = 8;

/**
 * Where two documents differ, in the order of their fields. Lists are leaves: they differ as a whole.
 * @param before a document, or null when there was none
 * @param after likewise
 */
export function differences(before: Json, after: Json, path: readonly string[] = []): Difference[] {
  const sides = [before, after];
  if (path.length < DEEPEST && sides.some(isFields) && sides.every((side) => side === null || isFields(side))) {
    const [old, now] = [isFields(before) ? before : {}, isFields(after) ? after : {}];
    const keys = new Set([...Object.keys(old), ...Object.keys(now)]);
    return [...keys].flatMap((key) => differences(own(old, key), own(now, key), [...path, key]));
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
}
