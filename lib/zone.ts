/** Names of today say an area and a place in it; all others (US/Pacific, JST, Etc/GMT) are older names of these. */
const BY_PLACE = /^(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)\//;

/** The name by which the runtime calls a zone, which may be one that was given up long ago; null where there is none. */
function ownName(zone: string): string | null {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: zone }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const capitalised = (name: string): string =>
  name.toLowerCase().replace(/(?<=^|[/_-])[a-z]/g, (letter) => letter.toUpperCase());

/**
 * The name of a time zone as it is kept and shown: the one that was chosen, in its proper case. Of the names of one zone
 * none is the right one to everybody: runtimes still say Asia/Calcutta and Europe/Kiev.
 * @returns null where there is no such zone
 */
export function zoneNamed(zone: string): string | null {
  const own = ownName(zone);
  if (own === null || own.toLowerCase() === zone.toLowerCase()) return own;
  const chosen = capitalised(zone);
  return BY_PLACE.test(chosen) ? chosen : own;
}

/** Whether two names are of one zone, as far as the runtime knows. */
export const isSameZone = (a: string, b: string): boolean => a === b || (ownName(a) ?? a) === (ownName(b) ?? b);
