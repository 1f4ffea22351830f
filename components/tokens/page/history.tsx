import { Card, CardHead } from "../../ui/card";
import { Time } from "../../ui/time";
import { ago, type Reader } from "../../ui/time-words";

export type HistoryEntry = { readonly seq: string | number | bigint; readonly at: string; readonly sentence: string };

/** What happened to it, sentence by sentence, the latest first. */
export function TokenHistory({ entries, reader }: { entries: readonly HistoryEntry[]; reader: Reader }) {
  return (
    <Card aria-labelledby="history" className="min-w-0">
      <CardHead id="history">History</CardHead>
      <ol className="grid gap-2 px-4 py-3">
        {entries.map((entry) => (
          <li key={String(entry.seq)} className="flex items-baseline gap-3 text-sm leading-5 text-fg-2">
            <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{entry.sentence}</span>
            <span className="flex-none text-xs tabular-nums text-fg-3">
              <Time at={entry.at} reader={reader}>
                {ago(Date.parse(entry.at), reader)}
              </Time>
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
