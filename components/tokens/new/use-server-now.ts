"use client";
import { useEffect, useRef } from "react";

/**
 * The server's clock, a little behind: its time when the page was drawn, plus what has passed since. So *90 days* from
 * a computer whose clock is fast is not more than 90 days for the server.
 * @param drawnAt epoch milliseconds, by the server
 */
export function useServerNow(drawnAt: number): () => number {
  const shownAt = useRef<number | null>(null);
  useEffect(() => {
    shownAt.current ??= performance.now();
  }, []);
  return () => drawnAt + (shownAt.current === null ? 0 : performance.now() - shownAt.current);
}
