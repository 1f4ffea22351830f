import type { Metadata } from "next";
import { AssertionFacts } from "#components/applications/assertion-facts";
import { AttachGateway } from "#components/applications/attach-gateway";
import { DoesItWork } from "#components/applications/does-it-work";
import { Steps } from "#components/applications/steps";
import { STEPS } from "#components/applications/wizard-steps";
import { Configuration } from "#components/gateways/configuration";
import { ButtonLink } from "#components/ui/button-link";
import { Card, CardHead } from "#components/ui/card";
import { Note } from "#components/ui/note";
import { PageHead } from "#components/ui/page-head";
import { can } from "#lib/access/can";
import { LATCHKEY } from "#lib/applications/application";
import { findConnection } from "#lib/gateways/queries-connection";
import { lastProbeRun } from "#lib/probes/queries";
import { readReader } from "../../../../reader";
import { signedInPage } from "../../../../signed-in-page";

export const metadata: Metadata = { title: "Configuration" };

export default signedInPage({
  path: "/admin/applications/[id]/connect",
  may: "gateways.write",
  find: async ({ viewer, params }) => {
    const found = await findConnection(viewer, params.id);
    return found?.application.key === LATCHKEY ? null : found;
  },
  here: "applications",
  draw: async ({ viewer, found: connection }) => {
    const { application, assertion, gateway, configuration, others } = connection;
    const head = (
      <>
        <PageHead
          title={`Connect ${application.name}`}
          crumb={{ href: `/admin/applications/${application.id}`, label: application.name }}
          help="/help#connecting"
        />
        <Steps names={STEPS} at={STEPS.length - 1} />
      </>
    );
    if (gateway === null) {
      return (
        <>
          {head}
          <Card aria-labelledby="gateway">
            <CardHead id="gateway">Which gateway stands in front of it?</CardHead>
            <div className="grid gap-3 p-4">
              <p className="text-fg-2">No gateway asks about it yet, so nothing holds for it.</p>
              {can(viewer, "gateways.write") && <AttachGateway applicationKey={application.key} gateways={others} />}
            </div>
          </Card>
        </>
      );
    }
    return (
      <>
        {head}
        <div className="grid items-start gap-4 wide:grid-cols-[minmax(0,1fr)_400px]">
          <div className="grid min-w-0 gap-3">
            {configuration ? (
              <Configuration configuration={configuration} />
            ) : (
              <Note>
                Gateway {gateway.key} asks by {gateway.adapter}: its help has the request that it sends.
              </Note>
            )}
            <div className="flex flex-wrap gap-2">
              <ButtonLink href={`/admin/gateways/${gateway.id}`}>Gateway {gateway.key}</ButtonLink>
              <ButtonLink look="quiet" href={`/admin/applications/${application.id}`}>
                Save and leave
              </ButtonLink>
            </div>
          </div>
          <div className="grid min-w-0 gap-4">
            <DoesItWork
              connection={connection}
              run={await lastProbeRun(viewer, application.id)}
              reader={await readReader()}
            />
            {assertion && <AssertionFacts {...assertion} />}
          </div>
        </div>
      </>
    );
  },
});
