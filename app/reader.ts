import { cookies } from "next/headers";
import { knownTheme, THEME_COOKIE, ZONE_COOKIE } from "#components/shell/preferences";
import { knownZone, type Reader } from "#components/ui/time-words";
import { now } from "#lib/clock";

/** In whose clock, and as of when, a page speaks of time. */
export async function readReader(): Promise<Reader> {
  return { now: now(), zone: knownZone((await cookies()).get(ZONE_COOKIE)?.value) };
}

/** The theme somebody chose; undefined follows their system. */
export async function readTheme(): Promise<"light" | "dark" | undefined> {
  return knownTheme((await cookies()).get(THEME_COOKIE)?.value);
}
