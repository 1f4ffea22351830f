"use client";
import { useEffect, useState } from "react";
import type { Impact } from "#lib/tokens/queries-impact";
import { request } from "../../api/request";
import { ago, type Reader } from "../../ui/time-words";

/** What is known of a token's use; null while it is asked for, and where it cannot be had. */
export function useImpact(tokenId: string): Impact | null {
  const [impact, setImpact] = useState<Impact | null>(null);
  useEffect(() => {
    let here = true;
    void request<Impact>("GET", `/api/v1/tokens/${encodeURIComponent(tokenId)}/impact`).then((answer) => {
      if (here && answer.ok) setImpact(answer.value);
    });
    return () => {
      here = false;
    };
  }, [tokenId]);
  return impact;
}

const calls = (count: number): string => (count === 1 ? "1 call" : `${count.toLocaleString("en")} calls`);

/** *It is in use: 196 calls in the last 24 hours, 5,077 in 30 days.* Null where nobody called. */
export function sentenceOfUse({ calls24h, calls30d }: Impact): string | null {
  if (calls30d === 0) return null;
  return `It is in use: ${calls(calls24h)} in the last 24 hours, ${calls30d.toLocaleString("en")} in 30 days.`;
}

/** From where and by what a token was used, latest first. */
export function ImpactSources({ impact, reader }: { impact: Impact; reader: Reader }) {
  if (impact.sources.length === 0) return null;
  return (
    <div>
      <p className="mb-1.5 text-sm font-medium">What will stop</p>
      <ul className="max-h-44 overflow-y-auto rounded-md border border-border text-sm">
        {impact.sources.map(({ address, client, calls: count, lastSeenAt }) => (
          <li
            key={`${address} ${client}`}
            className="flex flex-wrap gap-x-4 border-border border-b px-3 py-2 last:border-b-0"
          >
            <span className="mono w-32 flex-none">{address}</span>
            <span className="min-w-0 flex-1 truncate" title={client}>
              {client}
            </span>
            <span className="tabular-nums text-fg-3">
              {calls(count)} · {ago(Date.parse(lastSeenAt), reader)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
