import type { Metadata } from "next";
import { DeleteDialog } from "#components/api/delete-dialog";
import { KeepTyped } from "#components/api/keep-typed";
import { ApplicationFacts } from "#components/applications/application-facts";
import { EditApplication } from "#components/applications/edit-application";
import { PathTable } from "#components/applications/path-table";
import { SeenTable } from "#components/applications/seen-table";
import { UsesList } from "#components/applications/uses-list";
import { OldGateways } from "#components/gateways/handed-on-note";
import { ButtonLink } from "#components/ui/button-link";
import { Card, CardHead } from "#components/ui/card";
import { PageHead } from "#components/ui/page-head";
import { can } from "#lib/access/can";
import { LATCHKEY } from "#lib/applications/application";
import { findApplication } from "#lib/applications/queries-pages";
import { usesInWords } from "#lib/applications/uses";
import { findHandedOn } from "#lib/gateways/queries-handed-on";
import { readReader } from "../../../reader";
import { signedInPage } from "../../../signed-in-page";

export const metadata: Metadata = { title: "Application" };

export default signedInPage({
  path: "/admin/applications/[id]",
  may: "applications.read",
  find: ({ viewer, params }) => findApplication(viewer, params.id),
  here: "applications",
  draw: async ({ viewer, found: { application, uses, seen, paths } }) => {
    const [reader, handedOn] = await Promise.all([
      readReader(),
      findHandedOn(viewer, { applicationKey: application.key }),
    ]);
    const mayWrite = can(viewer, "applications.write") && application.key !== LATCHKEY;
    const unused = usesInWords(uses).length === 0 && !uses.history;
    return (
      <>
        <PageHead
          title={application.name}
          sentence={<span className="mono">{application.key}</span>}
          crumb={{ href: "/admin/applications", label: "Applications" }}
          help="/help#application"
          actions={
            mayWrite && (
              <>
                <ButtonLink href={`/admin/applications/${application.id}/connect`}>Configuration</ButtonLink>
                {unused && (
                  <DeleteDialog
                    path={`/api/v1/applications/${application.id}`}
                    what={`the application ${application.name}`}
                    after="/admin/applications"
                  >
                    Nothing names it and no request has come to it. The audit log keeps what it was.
                  </DeleteDialog>
                )}
              </>
            )
          }
        />
        <OldGateways handedOn={handedOn} reader={reader} connect={`/admin/applications/${application.id}/connect`} />
        <div className="grid items-start gap-4 desk:grid-cols-[1fr_360px]">
          <Card aria-labelledby="facts" className="min-w-0">
            <CardHead id="facts">What it is and what passes</CardHead>
            {mayWrite ? (
              <div className="p-4">
                <KeepTyped of={application}>
                  <EditApplication application={application} reader={reader} />
                </KeepTyped>
              </div>
            ) : (
              <ApplicationFacts application={application} />
            )}
          </Card>
          <UsesList uses={uses} />
        </div>
        {application.key !== LATCHKEY && (
          <Card className="mt-4 min-w-0">
            <CardHead aside={<span className="text-sm text-fg-3">Names are claimed, not verified</span>}>
              Who still comes without a token
            </CardHead>
            <SeenTable seen={seen} reader={reader} />
          </Card>
        )}
        {paths.length > 0 && (
          <Card className="mt-4 min-w-0">
            <CardHead aside={<span className="text-sm text-fg-3">Passed: nobody was refused</span>}>
              What the path filter recognised
            </CardHead>
            <PathTable paths={paths} reader={reader} />
          </Card>
        )}
      </>
    );
  },
});
