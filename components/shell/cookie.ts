const YEAR_SECONDS = 365 * 24 * 3600;

/** Keeps a preference for a year, or forgets it (null). */
export function keepCookie(name: string, value: string | null): void {
  const life = value === null ? 0 : YEAR_SECONDS;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const cookie = `${name}=${encodeURIComponent(value ?? "")}; Path=/; Max-Age=${life}; SameSite=Lax${secure}`;
  // the Cookie Store API would be nicer, but older browsers and plain http lack it
  Reflect.set(document, "cookie", cookie);
}
