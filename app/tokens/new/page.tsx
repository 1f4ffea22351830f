import { ShieldX } from "lucide-react";
import type { Metadata } from "next";
import { NewTokenForm } from "#components/tokens/new/form";
import { draftFromQuery } from "#components/tokens/new/prefill";
import { ButtonLink } from "#components/ui/button-link";
import { EmptyState } from "#components/ui/empty-state";
import { PageHead } from "#components/ui/page-head";
import { tokenFormFacts } from "#lib/tokens/queries-form";
import { addressWithQuery, type Query } from "../../address";
import { readReader } from "../../reader";
import { requireViewer } from "../../require-viewer";
import { SignedIn } from "../../signed-in";

export const metadata: Metadata = { title: "New token" };

export default async function NewTokenPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const viewer = await requireViewer(addressWithQuery("/tokens/new", query));
  const [facts, reader] = await Promise.all([tokenFormFacts(viewer), readReader()]);
  const head = <PageHead title="New token" crumb={{ href: "/tokens", label: "My tokens" }} help="/help#new-token" />;
  const { draft, filled } = draftFromQuery(query, facts);
  return (
    <SignedIn viewer={viewer} here="tokens">
      <div className="mx-auto max-w-[1064px]">
        {facts.mayCreate.allowed ? (
          <NewTokenForm
            facts={facts}
            initial={draft}
            filled={filled}
            reader={reader}
            username={viewer.username}
            head={head}
          />
        ) : (
          <>
            {head}
            <EmptyState
              icon={ShieldX}
              title="You may not make tokens now"
              action={<ButtonLink href="/help#tiers">Who may, and why</ButtonLink>}
            >
              {facts.mayCreate.reason}
            </EmptyState>
          </>
        )}
      </div>
    </SignedIn>
  );
}
