/** Names of the cookies that keep how somebody likes to read. Nothing secret, nothing that decides anything. */
export const THEME_COOKIE = "latchkey-theme";
export const ZONE_COOKIE = "latchkey-zone";

/** The theme of the cookie, or undefined for the system's: a cookie can hold anything. */
export const knownTheme = (value: string | undefined): "light" | "dark" | undefined =>
  value === "light" || value === "dark" ? value : undefined;
