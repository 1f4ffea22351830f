import type { Source } from "#lib/tokens/usage";
import { ago, type Reader } from "../../ui/time-words";
import { callWords } from "./usage-words";

/** From where, by what and for what a token was used, latest first. */
export function SourceList({ sources, reader }: { sources: readonly Source[]; reader: Reader }) {
  return (
    <ul className="divide-y divide-border text-sm">
      {sources.map(({ address, client, calls, lastSeenAt, lastRequest }) => (
        <li key={`${address} ${client}`} className="flex flex-wrap gap-x-4 px-4 py-2">
          <span className="mono w-32 flex-none">{address || "Unknown"}</span>
          <span className="min-w-0 flex-1 basis-40 truncate" title={client}>
            {client || "No client named"}
          </span>
          <span className="tabular-nums text-fg-3">
            {callWords(calls)} · {ago(Date.parse(lastSeenAt), reader)}
          </span>
          {lastRequest && (
            <span className="mono min-w-0 basis-full truncate text-xs text-fg-3" title={lastRequest}>
              {lastRequest}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
