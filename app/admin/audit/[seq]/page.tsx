import type { Metadata } from "next";
import { DifferenceTable, EventJson } from "#components/audit/event-detail";
import { auditHref } from "#components/audit/state";
import { Card, CardHead } from "#components/ui/card";
import { Fact, Facts, None } from "#components/ui/facts";
import { PageHead } from "#components/ui/page-head";
import { TextLink } from "#components/ui/text-link";
import { exactly } from "#components/ui/time-words";
import { findAuditEvent } from "#lib/audit/queries";
import { readReader } from "../../../reader";
import { signedInPage } from "../../../signed-in-page";

export const metadata: Metadata = { title: "Event" };

export default signedInPage({
  path: "/admin/audit/[seq]",
  may: "audit.read",
  find: ({ viewer, params }) => findAuditEvent(viewer, params.seq),
  here: "audit",
  draw: async ({ found: event }) => {
    const reader = await readReader();
    const { actor, subject } = event;
    return (
      <>
        <PageHead
          title={`Event ${event.seq}`}
          sentence={event.sentence}
          crumb={{ href: "/admin/audit", label: "Audit log" }}
          help="/help#audit-event"
        />
        <div className="grid gap-4">
          <Card aria-labelledby="facts">
            <CardHead id="facts">What is known</CardHead>
            <Facts>
              <Fact name="When">{exactly(Date.parse(event.at), reader)}</Fact>
              <Fact name="Who">
                <TextLink href={auditHref({ actor: actor.name })}>{actor.name}</TextLink>
              </Fact>
              <Fact name="About">
                <TextLink href={auditHref({ subject: subject.id ?? subject.name })}>{subject.name}</TextLink>
              </Fact>
              <Fact name="What">
                <TextLink href={auditHref({ action: event.action })} className="mono text-xs">
                  {event.action}
                </TextLink>
              </Fact>
              <Fact name="From">
                {event.address ? (
                  <span className="mono text-xs">{event.address}</span>
                ) : (
                  <None>No address: not by network</None>
                )}
              </Fact>
            </Facts>
          </Card>
          <DifferenceTable detail={event.detail} />
          <EventJson value={event} label="The event as JSON" />
        </div>
      </>
    );
  },
});
