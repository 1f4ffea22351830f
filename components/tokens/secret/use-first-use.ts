"use client";
import { useEffect, useState } from "react";
import type { TokenView } from "#lib/tokens/view";
import { request } from "../../api/request";
import { type FirstUse, firstUseOf, stillAsks, WAITING } from "./first-use";

const EVERY_MS = 2_000;

/** Asks every two seconds, while somebody is looking and for ten minutes, whether the token has been used. */
export function useFirstUse(tokenId: string): FirstUse & { seconds: number; asks: boolean } {
  const [use, setUse] = useState<FirstUse>(WAITING);
  const [seconds, setSeconds] = useState(0);
  const asks = stillAsks(use, seconds);
  useEffect(() => {
    if (!asks) return;
    let over = false;
    const clock = setInterval(() => setSeconds((before) => before + 1), 1_000);
    const asking = setInterval(async () => {
      if (document.visibilityState !== "visible") return;
      const answer = await request<TokenView>("GET", `/api/v1/tokens/${encodeURIComponent(tokenId)}`);
      if (!over && answer.ok) setUse(firstUseOf(answer.value));
    }, EVERY_MS);
    return () => {
      over = true;
      clearInterval(clock);
      clearInterval(asking);
    };
  }, [tokenId, asks]);
  return { ...use, seconds, asks };
}
