import Link from "next/link";
import type { AuditEventView } from "#lib/audit/view";
import { Card } from "../ui/card";
import { Time } from "../ui/time";
import { ago, clockOf, dayOf, type Reader } from "../ui/time-words";
import { DifferenceTable } from "./event-detail";
import { HERE } from "./state";

type Props = { events: readonly AuditEventView[]; reader: Reader };

/** Events as sentences, the newest first; what changed is one click away, all of it on a page of its own. */
export function EventList({ events, reader }: Props) {
  return (
    <Card aria-label="Events" className="min-w-0">
      <ol className="divide-y divide-border">
        {events.map((event) => (
          <li key={event.seq} className="grid gap-x-4 px-4 py-2.5 desk:grid-cols-[132px_minmax(0,1fr)_auto]">
            <p className="text-xs leading-5 tabular-nums text-fg-3">
              <Time at={event.at} reader={reader}>
                {dayOf(Date.parse(event.at), reader)}, {clockOf(Date.parse(event.at), reader)}
              </Time>
              <span className="block max-desk:ml-2 max-desk:inline">{ago(Date.parse(event.at), reader)}</span>
            </p>
            <div className="min-w-0">
              <Link
                prefetch={false}
                href={`${HERE}/${event.seq}`}
                className="text-sm leading-5 text-fg [overflow-wrap:anywhere]"
              >
                {event.sentence}
              </Link>
              <details className="mt-0.5">
                <summary className="cursor-pointer text-xs leading-6 text-fg-3 hover:text-fg">What changed</summary>
                <div className="py-2">
                  <DifferenceTable detail={event.detail} />
                </div>
              </details>
            </div>
            <p className="mono text-xs leading-5 text-fg-3 [overflow-wrap:anywhere]">{event.address}</p>
          </li>
        ))}
      </ol>
    </Card>
  );
}
