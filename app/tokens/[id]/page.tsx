import type { Metadata } from "next";
import { actionFacts, actionsOf } from "#components/tokens/actions/action-facts";
import { TokenActions } from "#components/tokens/actions/token-actions";
import { endSentence } from "#components/tokens/end-sentence";
import { causeOf } from "#components/tokens/list/cause";
import { CauseNote } from "#components/tokens/list/cause-note";
import { hasEnded } from "#components/tokens/list/grouping";
import { managerTitle } from "#components/tokens/manager/filter";
import { TokenDetails } from "#components/tokens/page/details";
import { TokenFacts } from "#components/tokens/page/facts";
import { TokenHistory } from "#components/tokens/page/history";
import { WaiverCard } from "#components/tokens/page/waiver";
import { baseOf } from "#components/tokens/secret/base-of";
import { applicationWords } from "#components/tokens/token-words";
import { OthersUsage } from "#components/tokens/usage/others-usage";
import { UsageView } from "#components/tokens/usage/usage-view";
import { Note } from "#components/ui/note";
import { PageHead } from "#components/ui/page-head";
import { Status } from "#components/ui/status";
import { can } from "#lib/access/can";
import type { SessionViewer } from "#lib/access/viewer";
import { applicationNames } from "#lib/applications/queries";
import { tokenHistory } from "#lib/audit/queries";
import type { OfferedToken } from "#lib/tokens/acting/actions-on";
import { findToken, holdsTokensOf } from "#lib/tokens/queries";
import { ownUsage } from "#lib/tokens/queries-usage";
import { readReader } from "../../reader";
import { signedInPage } from "../../signed-in-page";

export const metadata: Metadata = { title: "Token" };

export default signedInPage({
  path: "/tokens/[id]",
  may: "everybody",
  find: ({ viewer, params }) => findToken(viewer, params.id),
  here: ({ viewer, found }) => (found.owner.id === viewer.userId ? "tokens" : "manager"),
  draw: ({ viewer, found }) => <OneToken viewer={viewer} token={found} />,
});

async function OneToken({ viewer, token }: { viewer: SessionViewer; token: OfferedToken }) {
  const [applications, history, usage, holds, reader] = await Promise.all([
    applicationNames(viewer),
    tokenHistory(viewer, token.id),
    ownUsage(viewer, token.id),
    holdsTokensOf(viewer, token.owner.id),
    readReader(),
  ]);
  const own = token.owner.id === viewer.userId;
  const where = applicationWords(token.applications, applications);
  const cause = causeOf(token, viewer.username, reader);
  const sub = (
    <>
      <span className="mono">{token.hint ?? "no secret yet"}</span> · owned by {own ? "you" : token.owner.username}
    </>
  );
  return (
    <>
      <PageHead
        title={token.name}
        beside={<Status status={token.status} as="pill" />}
        sentence={sub}
        crumb={
          own ? { href: "/tokens", label: "My tokens" } : { href: "/admin/tokens", label: managerTitle(viewer.role) }
        }
        help="/help#token"
        actions={
          <TokenActions
            token={actionFacts(token, where)}
            actions={actionsOf(token)}
            reader={reader}
            base={baseOf(token, applications)}
            place="page"
          />
        }
      />
      {hasEnded(token) && <Note>{endSentence(token)} It stays here so that you can see what it was.</Note>}
      {cause && <CauseNote cause={cause} />}
      <TokenFacts token={token} applications={applications} reader={reader} />
      {usage ? (
        <UsageView usage={usage} reader={reader} />
      ) : (
        <OthersUsage tokenId={token.id} owner={token.owner.username} reader={reader} />
      )}
      <div className="grid items-start gap-4 desk:grid-cols-[1fr_1.2fr]">
        <div className="grid min-w-0 gap-4">
          <TokenDetails token={token} reader={reader} />
          <WaiverCard
            token={token}
            mayChange={can(viewer, "policies.write")}
            own={holds}
            applications={applications}
            reader={reader}
          />
        </div>
        <TokenHistory entries={history} reader={reader} />
      </div>
    </>
  );
}
