import { FlaskConical, Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { GroupMatrix } from "#components/policies/group-matrix";
import { OtherWayRound } from "#components/policies/other-way-round";
import { TierList } from "#components/policies/tier-list";
import { ButtonLink } from "#components/ui/button-link";
import { Card, CardHead } from "#components/ui/card";
import { Icon } from "#components/ui/icon";
import { PageHead } from "#components/ui/page-head";
import { Time } from "#components/ui/time";
import { until } from "#components/ui/time-words";
import { can } from "#lib/access/can";
import { readTiers } from "#lib/policies/queries-tiers";
import { readReader } from "../../reader";
import { signedInPage } from "../../signed-in-page";

export const metadata: Metadata = { title: "Policies" };

const count = (number: number, one: string, many: string) =>
  `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

export default signedInPage({
  path: "/admin/policies",
  may: "policies.read",
  find: ({ viewer }) => readTiers(viewer),
  here: "policies",
  draw: async ({ viewer, found }) => {
    const reader = await readReader();
    const mayWrite = can(viewer, "policies.write");
    const people = count(found.people, "person", "people");
    const accounts = count(found.serviceAccounts, "service account", "service accounts");
    return (
      <>
        <PageHead
          title="Policies"
          sentence={`Read from the top: the first tier that matches a person decides alone. ${people} and ${accounts}.`}
          help="/help#policies"
          actions={
            <>
              <ButtonLink href="/admin/policies/simulate" className="max-desk:flex-1">
                <Icon of={FlaskConical} />
                Simulate
              </ButtonLink>
              {mayWrite && (
                <ButtonLink look="primary" href="/admin/policies/new" className="max-desk:flex-1">
                  <Icon of={Plus} />
                  New tier
                </ButtonLink>
              )}
            </>
          }
        />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <TierList tiers={found.tiers} mayWrite={mayWrite} reader={reader} />
          <GroupMatrix tiers={found.tiers} groups={found.groups} />
          <OtherWayRound answers={found.answers} />
          {found.waivers.length > 0 && (
            <Card aria-labelledby="waivers">
              <CardHead id="waivers">Waivers that end soon</CardHead>
              <ul className="p-4 text-sm">
                {found.waivers.map((waiver) => (
                  <li key={waiver.id} className="flex gap-3 py-1">
                    <Link
                      prefetch={false}
                      href={`/tokens/${waiver.id}`}
                      className="min-w-0 flex-1 text-fg [overflow-wrap:anywhere]"
                    >
                      {waiver.name} <span className="text-fg-3">of {waiver.owner}</span>
                    </Link>
                    <Time at={waiver.until} reader={reader}>
                      {until(Date.parse(waiver.until), reader)}
                    </Time>
                  </li>
                ))}
              </ul>
            </Card>
          )}
        </div>
      </>
    );
  },
});
