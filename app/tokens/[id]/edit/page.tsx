import type { Metadata } from "next";
import { KeepTyped } from "#components/api/keep-typed";
import { EditForm } from "#components/tokens/edit/form";
import { Card } from "#components/ui/card";
import { Note } from "#components/ui/note";
import { PageHead } from "#components/ui/page-head";
import { applicationNames } from "#lib/applications/queries";
import { findToken } from "#lib/tokens/queries";
import { readReader } from "../../../reader";
import { signedInPage } from "../../../signed-in-page";

export const metadata: Metadata = { title: "Edit token" };

export default signedInPage({
  path: "/tokens/[id]/edit",
  may: "everybody",
  find: ({ viewer, params }) => findToken(viewer, params.id),
  here: ({ viewer, found }) => (found.owner.id === viewer.userId ? "tokens" : "manager"),
  width: "narrow",
  draw: async ({ viewer, found: token }) => {
    const [applications, reader] = await Promise.all([applicationNames(viewer), readReader()]);
    const { allowed, reason } = token.may.edit;
    return (
      <>
        <PageHead
          title={`Edit ${token.name}`}
          sentence="Its secret stays as it is. Narrower holds at once; wider only within today’s limits."
          crumb={{ href: `/tokens/${token.id}`, label: token.name }}
          help="/help#editing"
        />
        {allowed ? (
          <Card className="p-4">
            <KeepTyped of={token}>
              <EditForm token={token} applications={applications} reader={reader} />
            </KeepTyped>
          </Card>
        ) : (
          <Note>{reason}</Note>
        )}
      </>
    );
  },
});
