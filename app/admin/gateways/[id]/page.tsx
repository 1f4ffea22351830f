import type { Metadata } from "next";
import { DeleteDialog } from "#components/api/delete-dialog";
import { KeepTyped } from "#components/api/keep-typed";
import { adapterWords } from "#components/gateways/adapter-words";
import { Configuration } from "#components/gateways/configuration";
import { EditGateway } from "#components/gateways/edit-gateway";
import { Contact } from "#components/gateways/gateway-table";
import { ownTrustWords, trustInWords } from "#components/gateways/gateway-words";
import { OldConfiguration } from "#components/gateways/handed-on-note";
import { Outcomes } from "#components/gateways/outcomes";
import { RotateSecret } from "#components/gateways/rotate-secret";
import { Card, CardHead } from "#components/ui/card";
import { Fact, Facts, None } from "#components/ui/facts";
import { Note } from "#components/ui/note";
import { PageHead } from "#components/ui/page-head";
import { exactly } from "#components/ui/time-words";
import { can } from "#lib/access/can";
import { LATCHKEY } from "#lib/applications/application";
import { applicationNames } from "#lib/applications/queries";
import { GATEWAY_ADAPTERS } from "#lib/gateways/gateway";
import { findHandedOn } from "#lib/gateways/queries-handed-on";
import { findGateway } from "#lib/gateways/queries-pages";
import { readReader } from "../../../reader";
import { signedInPage } from "../../../signed-in-page";

export const metadata: Metadata = { title: "Gateway" };

export default signedInPage({
  path: "/admin/gateways/[id]",
  may: "gateways.read",
  find: ({ viewer, params }) => findGateway(viewer, params.id),
  here: "gateways",
  draw: async ({ viewer, found: { gateway, configuration } }) => {
    const [reader, names, handedOn] = await Promise.all([
      readReader(),
      applicationNames(viewer),
      findHandedOn(viewer, { gatewayKey: gateway.key }),
    ]);
    const mayWrite = can(viewer, "gateways.write");
    const { version, adapter, applications, peers, trustedRanges, trustedHops } = gateway;
    const deletion = gateway.lastContactAt === null && (
      <DeleteDialog path={`/api/v1/gateways/${gateway.id}`} what={`the gateway ${gateway.key}`} after="/admin/gateways">
        It has never called. Its secret works nowhere then; the audit log keeps what it was.
      </DeleteDialog>
    );
    return (
      <>
        <PageHead
          title={gateway.key}
          crumb={{ href: "/admin/gateways", label: "Gateways" }}
          help="/help#gateway"
          actions={
            mayWrite && (
              <>
                <RotateSecret gateway={gateway} reader={reader} />
                {deletion}
              </>
            )
          }
        />
        {gateway.previousUntil && Date.parse(gateway.previousUntil) > reader.now && (
          <div className="mb-4">
            <Note>
              Its secret was rotated. The one before works until {exactly(Date.parse(gateway.previousUntil), reader)}.
            </Note>
          </div>
        )}
        <OldConfiguration handedOn={handedOn} reader={reader} />
        <div className="grid items-start gap-4 desk:grid-cols-2">
          <Card aria-labelledby="asks">
            <CardHead id="asks">What it may ask</CardHead>
            {mayWrite ? (
              <div className="p-4">
                <KeepTyped of={{ version, adapter, applications, peers, trustedRanges, trustedHops }}>
                  <EditGateway
                    gateway={gateway}
                    adapters={GATEWAY_ADAPTERS}
                    choices={names.filter(({ key }) => key !== LATCHKEY)}
                    reader={reader}
                  />
                </KeepTyped>
              </div>
            ) : (
              <Facts>
                <Fact name="What it is">{adapterWords(gateway.adapter)}</Fact>
                <Fact name="Applications">{gateway.applications.join(", ") || <None>None</None>}</Fact>
                <Fact name="Calls from">{gateway.peers.join(", ") || <None>This machine only</None>}</Fact>
                <Fact name="Proxies in front">
                  {ownTrustWords(gateway.adapter) ?? trustInWords(gateway) ?? <None>None</None>}
                </Fact>
              </Facts>
            )}
          </Card>
          <Card aria-labelledby="calls">
            <CardHead id="calls">Its calls in the last 24 hours</CardHead>
            <div className="grid gap-3 p-4 text-sm">
              <Contact gateway={gateway} reader={reader} />
              <Outcomes outcomes={gateway.outcomes} />
            </div>
          </Card>
        </div>
        {configuration && (
          <div className="mt-4">
            <Configuration configuration={configuration} />
          </div>
        )}
      </>
    );
  },
});
