import { RefreshCw } from "lucide-react";
import type { Usage } from "#lib/tokens/usage";
import { Card, CardHead } from "../../ui/card";
import { DayChart } from "../../ui/day-chart";
import { daysOf } from "../../ui/days";
import { Note } from "../../ui/note";
import { TextLink } from "../../ui/text-link";
import { Time } from "../../ui/time";
import { ago, type Reader } from "../../ui/time-words";
import { SourceList } from "./source-list";

const KINDS = [
  { kind: "allowed", label: "Allowed", fill: "fill-chart-allowed", dot: "bg-chart-allowed" },
  { kind: "refused", label: "Refused", fill: "fill-chart-denied", dot: "bg-chart-denied" },
] as const;

/** How a token is used: calls by day, addresses and clients, what was refused, and who still has the old secret. */
export function UsageView({ usage, reader }: { usage: Usage; reader: Reader }) {
  const days = daysOf(
    usage.hours,
    reader,
    { first: -29, count: 30 },
    {
      allowed: (hour) => hour.allowed,
      refused: (hour) => hour.refused,
    },
  );
  return (
    <div className="mb-4 grid gap-4">
      {usage.stragglers.length > 0 && <Stragglers usage={usage} reader={reader} />}
      <div className="grid items-start gap-4 desk:grid-cols-[1.2fr_1fr]">
        <Card aria-labelledby="calls" className="min-w-0">
          <CardHead id="calls">Calls, 30 days</CardHead>
          <div className="px-[18px] pt-3 pb-4">
            {usage.calls30d === 0 ? (
              <p className="text-sm text-fg-3">Nobody called with it in the last 30 days.</p>
            ) : (
              <DayChart days={days} kinds={KINDS} caption="Calls by day" reader={reader} />
            )}
          </div>
        </Card>
        <Card aria-labelledby="sources" className="min-w-0">
          <CardHead id="sources">Addresses and clients seen</CardHead>
          {usage.sources.length === 0 ? (
            <p className="px-4 py-3 text-sm text-fg-3">None yet.</p>
          ) : (
            <SourceList sources={usage.sources} reader={reader} />
          )}
        </Card>
      </div>
      {usage.refusals.length > 0 && <Refusals usage={usage} reader={reader} />}
    </div>
  );
}

function Stragglers({ usage, reader }: { usage: Usage; reader: Reader }) {
  return (
    <Card aria-labelledby="stragglers">
      <CardHead id="stragglers">Still on the old secret</CardHead>
      <div className="px-4 pt-3">
        <Note icon={RefreshCw}>Since the secret was replaced, these came with the old one. Give them the new one.</Note>
      </div>
      <SourceList sources={usage.stragglers} reader={reader} />
    </Card>
  );
}

function Refusals({ usage, reader }: { usage: Usage; reader: Reader }) {
  return (
    <Card aria-labelledby="refusals" className="min-w-0">
      <CardHead id="refusals">Refused lately</CardHead>
      <ul className="divide-y divide-border text-sm">
        {usage.refusals.map(({ requestId, at, meaning, request, address }) => (
          <li key={requestId} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
            <span className="min-w-0 flex-1 basis-60">
              {meaning}
              <span className="mono block truncate text-xs text-fg-3">
                {[request, address].filter(Boolean).join(" · ")}
              </span>
            </span>
            <span className="whitespace-nowrap text-fg-3 tabular-nums">
              <Time at={at} reader={reader}>
                {ago(Date.parse(at), reader)}
              </Time>
            </span>
            <TextLink href={`/admin/explain?request=${requestId}`} aria-label={`See why: ${meaning}`}>
              See why
            </TextLink>
          </li>
        ))}
      </ul>
    </Card>
  );
}
