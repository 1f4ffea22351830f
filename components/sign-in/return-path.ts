const HOME = "/tokens";

/**
 * Where to go after signing in: only ever a path of our own (CWE-601).
 * @param wanted the `to` of the sign-in page's query, written by anybody
 */
export function returnPath(wanted: string | readonly string[] | undefined): string {
  if (typeof wanted !== "string" || wanted.length > 2_000) return HOME;
  // browsers read a backslash as a slash, and drop tabs and line breaks before they look
  if (!wanted.startsWith("/") || /^\/[/\\]/.test(wanted) || /[\\\p{Cc}]/u.test(wanted)) return HOME;
  const url = new URL(wanted, "http://latchkey.invalid");
  if (url.origin !== "http://latchkey.invalid" || /^\/(sign-in|second-factor|api|setup)(\/|$)/.test(url.pathname))
    return HOME;
  const path = url.pathname + url.search + url.hash;
  // dot segments are gone now, and what is left may begin with two slashes again: `/.//evil.example`
  return path.startsWith("//") ? HOME : path;
}
