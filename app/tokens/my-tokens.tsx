import { Plus } from "lucide-react";
import { EndedList } from "#components/tokens/list/ended-list";
import { groupTokens } from "#components/tokens/list/grouping";
import { LeakNote } from "#components/tokens/list/leak-note";
import { TokenList } from "#components/tokens/list/list";
import { NoTokens } from "#components/tokens/list/no-tokens";
import { LearnMore } from "#components/tokens/new/learn-more";
import { ButtonLink } from "#components/ui/button-link";
import { Icon } from "#components/ui/icon";
import { Note } from "#components/ui/note";
import { PageHead } from "#components/ui/page-head";
import type { SessionViewer } from "#lib/access/viewer";
import { applicationNames } from "#lib/applications/queries";
import { listOwnTokens } from "#lib/tokens/queries";
import { makingFacts } from "#lib/tokens/queries-form";
import { readReader } from "../reader";

/** The list itself, loaded after the page knows who is asking. */
export async function MyTokens({ viewer }: { viewer: SessionViewer }) {
  const [tokens, applications, facts, reader] = await Promise.all([
    listOwnTokens(viewer),
    applicationNames(viewer),
    makingFacts(viewer),
    readReader(),
  ]);
  const { attention, inUse, ended } = groupTokens(tokens, reader.now);
  const context = { username: viewer.username, applications, reader };
  const alive = attention.length + inUse.length > 0;
  const most = facts.limits?.maxActive ?? null;
  const count = most === null ? "" : ` ${facts.activeTokens} of ${most} in use.`;
  const create = facts.mayCreate.allowed && (
    <ButtonLink look="primary" href="/tokens/new" className="max-desk:flex-1">
      <Icon of={Plus} />
      New token
    </ButtonLink>
  );
  return (
    <>
      <PageHead
        title="My tokens"
        sentence={`One token for each thing that talks to an application for you.${count}`}
        help="/help#my-tokens"
        actions={alive && create}
      />
      <LeakNote tokens={ended} reader={reader} />
      {alive && facts.mayCreate.reason && <Note>{facts.mayCreate.reason}</Note>}
      <TokenList title="Needs your attention" tokens={attention} context={context} />
      <TokenList title="In use" tokens={inUse} context={context} />
      {!alive && (
        <NoTokens
          mayCreate={facts.mayCreate}
          applications={applications}
          admin={viewer.role === "admin"}
          ended={ended.length > 0}
        />
      )}
      <EndedList tokens={ended} reader={reader} />
      <LearnMore facts={facts} />
    </>
  );
}
