import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { actionFacts, actionsFor } from "#components/tokens/actions/action-facts";
import { TokenActions } from "#components/tokens/actions/token-actions";
import { endSentence } from "#components/tokens/end-sentence";
import { causeOf } from "#components/tokens/list/cause";
import { CauseNote } from "#components/tokens/list/cause-note";
import { hasEnded } from "#components/tokens/list/grouping";
import { TokenDetails } from "#components/tokens/page/details";
import { TokenFacts } from "#components/tokens/page/facts";
import { TokenHistory } from "#components/tokens/page/history";
import { baseOf } from "#components/tokens/secret/base-of";
import { applicationWords } from "#components/tokens/token-words";
import { Note } from "#components/ui/note";
import { PageHead } from "#components/ui/page-head";
import { Status } from "#components/ui/status";
import { tokenHistory } from "#lib/audit/queries";
import { findToken } from "#lib/tokens/queries";
import { tokenFormFacts } from "#lib/tokens/queries-form";
import { readReader } from "../../reader";
import { requireViewer } from "../../require-viewer";
import { SignedIn } from "../../signed-in";

export const metadata: Metadata = { title: "Token" };

export default async function TokenPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const viewer = await requireViewer(`/tokens/${encodeURIComponent(id)}`);
  const token = await findToken(viewer, id);
  if (!token) notFound();
  const [{ applications }, history, reader] = await Promise.all([
    tokenFormFacts(viewer),
    tokenHistory(viewer, token.id),
    readReader(),
  ]);
  const own = token.owner.id === viewer.userId;
  const where = applicationWords(token.applications, applications);
  const cause = causeOf(token, reader);
  const sub = (
    <>
      <span className="mono">{token.hint ?? "no secret yet"}</span> · owned by {own ? "you" : token.owner.username}
    </>
  );
  return (
    <SignedIn viewer={viewer} here={own ? "tokens" : "manager"}>
      <div className="mx-auto max-w-[1064px]">
        <PageHead
          title={token.name}
          beside={<Status status={token.status} as="pill" />}
          sentence={sub}
          crumb={own ? { href: "/tokens", label: "My tokens" } : { href: "/admin/tokens", label: "Token manager" }}
          help="/help#token"
          actions={
            <TokenActions
              token={actionFacts(token, where)}
              actions={actionsFor(token, viewer)}
              reader={reader}
              base={baseOf(token, applications)}
              place="page"
            />
          }
        />
        {hasEnded(token) && <Note>{endSentence(token)} It stays here so that you can see what it was.</Note>}
        {cause && <CauseNote cause={cause} />}
        <TokenFacts token={token} applications={applications} reader={reader} />
        <div className="grid items-start gap-4 desk:grid-cols-[1fr_1.2fr]">
          <TokenDetails token={token} reader={reader} />
          <TokenHistory entries={history} reader={reader} />
        </div>
      </div>
    </SignedIn>
  );
}
