/**
 * The value of a cookie (RFC 6265 §4.2), put together from next-auth's chunks where it was split.
 * @returns null when absent, or sent twice: two cookies of one name are somebody else's trick
 */
export function cookieOf(header: string | null, name: string): string | null {
  if (header === null) return null;
  const values = header
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 && values[0] !== undefined && values[0] !== "" ? values[0] : null;
}
