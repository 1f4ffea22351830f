"use client";
import { useEffect, useState } from "react";
import type { Usage } from "#lib/tokens/usage";
import { request } from "../../api/request";

/** Asks how a token is used; of somebody else's, that is noted in the audit log. */
export const askUsage = (tokenId: string) =>
  request<Usage>("GET", `/api/v1/tokens/${encodeURIComponent(tokenId)}/usage`);

/** What is known of a token's use; null while it is asked for, and where it cannot be had. */
export function useUsage(tokenId: string): Usage | null {
  const [usage, setUsage] = useState<Usage | null>(null);
  useEffect(() => {
    let here = true;
    void askUsage(tokenId).then((answer) => {
      if (here && answer.ok) setUsage(answer.value);
    });
    return () => {
      here = false;
    };
  }, [tokenId]);
  return usage;
}
