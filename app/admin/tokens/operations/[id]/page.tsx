import type { Metadata } from "next";
import { OperationProgress } from "#components/operations/progress";
import { OperationResult } from "#components/operations/result";
import { operationTitle } from "#components/tokens/bulk/bulk-words";
import { ButtonLink } from "#components/ui/button-link";
import { Card } from "#components/ui/card";
import { PageHead } from "#components/ui/page-head";
import { Time } from "#components/ui/time";
import { ago } from "#components/ui/time-words";
import { findOperation, refusalsOf } from "#lib/operations/queries";
import { namesOfTokens } from "#lib/tokens/queries-bulk";
import { readReader } from "../../../../reader";
import { signedInPage } from "../../../../signed-in-page";

export const metadata: Metadata = { title: "Many tokens" };

export default signedInPage({
  path: "/admin/tokens/operations/[id]",
  may: "everybody",
  find: ({ viewer, params }) => findOperation(viewer, params.id),
  here: "manager",
  draw: async ({ viewer, found }) => {
    const reader = await readReader();
    const refusals = await refusalsOf(viewer, found.id);
    const names = await namesOfTokens(
      viewer,
      refusals.first.map(({ id }) => id),
    );
    return (
      <>
        <PageHead
          title={operationTitle(found.action, found.matched)}
          sentence={
            <>
              Begun by {found.by}{" "}
              <Time at={found.createdAt} reader={reader}>
                {ago(Date.parse(found.createdAt), reader)}
              </Time>
              .
            </>
          }
          crumb={{ href: "/admin/tokens", label: "Token manager" }}
          help="/help#many-tokens"
          actions={
            <ButtonLink look={found.finishedAt === null ? "secondary" : "primary"} href="/admin/tokens">
              Back to the tokens
            </ButtonLink>
          }
        />
        <Card className="p-4">
          {found.finishedAt === null ? (
            <OperationProgress operation={found} now={reader.now} />
          ) : (
            <OperationResult operation={found} refusals={refusals} names={names} reader={reader} />
          )}
        </Card>
      </>
    );
  },
});
