"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { keepCookie } from "./cookie";
import { ZONE_COOKIE } from "./preferences";

const STALE_MS = 60_000;
const KEEPS = "[role=dialog], [role=alertdialog], [data-keep]";

/**
 * Tells the server the reader's time zone (a cookie, once), so that it draws times in their clock; and has the page
 * drawn anew when somebody returns to it after a minute, because *2 min ago* has aged. Never under an open dialog:
 * it may show a secret that exists nowhere else. Nor a page that is not found: the router would load it from the start.
 */
export function ReaderSync({ zone }: { zone: string }) {
  const { refresh } = useRouter();
  const drawnAt = useRef(0);
  useEffect(() => {
    drawnAt.current = Date.now();
    const kept = () => document.querySelector(KEEPS) !== null;
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (own && !document.cookie.includes(`${ZONE_COOKIE}=${encodeURIComponent(own)}`)) {
      keepCookie(ZONE_COOKIE, own);
      if (own !== zone && !kept()) refresh();
    }
    const onReturn = () => {
      if (document.visibilityState !== "visible" || kept() || Date.now() - drawnAt.current < STALE_MS) return;
      drawnAt.current = Date.now();
      refresh();
    };
    document.addEventListener("visibilitychange", onReturn);
    return () => document.removeEventListener("visibilitychange", onReturn);
  }, [refresh, zone]);
  return null;
}
