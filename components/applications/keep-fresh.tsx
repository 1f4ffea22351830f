"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

const EVERY_MS = 3_000;
const MOST_ASKS = 400;

/** Has the page asked again every few seconds while somebody looks at it, for twenty minutes. */
export function KeepFresh() {
  const { refresh } = useRouter();
  useEffect(() => {
    let asked = 0;
    const timer = setInterval(() => {
      if (document.visibilityState !== "visible") return;
      asked += 1;
      if (asked >= MOST_ASKS) clearInterval(timer);
      refresh();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [refresh]);
  return null;
}
