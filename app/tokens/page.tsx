import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { EndedList } from "#components/tokens/ended-list";
import { groupTokens } from "#components/tokens/grouping";
import { LearnMore } from "#components/tokens/learn-more";
import { NoTokens } from "#components/tokens/no-tokens";
import { TokenList } from "#components/tokens/token-list";
import { ButtonLink } from "#components/ui/button-link";
import { Icon } from "#components/ui/icon";
import { Note } from "#components/ui/note";
import { PageHead } from "#components/ui/page-head";
import { requireViewer } from "#lib/auth/require-viewer";
import { tokenFormFacts } from "#lib/tokens/form";
import { listOwnTokens } from "#lib/tokens/queries";
import { readReader } from "../reader";
import { SignedIn } from "../signed-in";

export const metadata: Metadata = { title: "My tokens" };

export default async function MyTokensPage() {
  const viewer = await requireViewer("/tokens");
  const [tokens, facts, reader] = await Promise.all([listOwnTokens(viewer), tokenFormFacts(viewer), readReader()]);
  const { attention, inUse, ended } = groupTokens(tokens);
  const context = {
    viewer: { userId: viewer.userId, username: viewer.username, role: viewer.role },
    applications: facts.applications,
    reader,
  };
  const most = facts.limits?.maxActive ?? null;
  const count = most === null ? "" : ` ${facts.activeTokens} of ${most} in use.`;
  const create = facts.mayCreate.allowed && (
    <ButtonLink look="primary" href="/tokens/new" className="max-desk:flex-1">
      <Icon of={Plus} />
      New token
    </ButtonLink>
  );
  return (
    <SignedIn viewer={viewer} here="tokens">
      <div className="mx-auto max-w-[1064px]">
        <PageHead
          title="My tokens"
          sentence={`One token for each thing that talks to an application for you.${count}`}
          help="/help#my-tokens"
          actions={tokens.length > 0 && create}
        />
        {tokens.length > 0 && !facts.mayCreate.allowed && facts.mayCreate.reason && (
          <Note>{facts.mayCreate.reason}</Note>
        )}
        <TokenList title="Needs your attention" tokens={attention} context={context} />
        <TokenList title="In use" tokens={inUse} context={context} />
        {attention.length + inUse.length === 0 && <NoTokens facts={facts} admin={viewer.role === "admin"} />}
        <EndedList tokens={ended} reader={reader} />
        <LearnMore facts={facts} />
      </div>
    </SignedIn>
  );
}
