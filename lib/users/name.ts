/**
 * The key under which names are compared and kept unique: NFC, lower case. `Ä` typed in one or two code points,
 * upper or lower, is the same user (RFC 8265 §3.3's idea, without refusing any script).
 */
export function foldName(name: string): string {
  return name.normalize("NFC").toLowerCase().normalize("NFC");
}

/** A name by which somebody is to be known, and the field of the input it came from. */
export type WantedName = { readonly name: string; readonly path: string };
