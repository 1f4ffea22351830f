import { ShieldX } from "lucide-react";
import type { Metadata } from "next";
import { NewTokenForm } from "#components/tokens/new/form";
import { draftFromQuery } from "#components/tokens/new/prefill";
import { ButtonLink } from "#components/ui/button-link";
import { EmptyState } from "#components/ui/empty-state";
import { PageHead } from "#components/ui/page-head";
import { tokenFormFacts } from "#lib/tokens/queries-form";
import { readReader } from "../../reader";
import { signedInPage } from "../../signed-in-page";

export const metadata: Metadata = { title: "New token" };

const HEAD = <PageHead title="New token" crumb={{ href: "/tokens", label: "My tokens" }} help="/help#new-token" />;

export default signedInPage({
  path: "/tokens/new",
  may: "everybody",
  find: ({ viewer }) => tokenFormFacts(viewer),
  here: "tokens",
  draw: async ({ query, found: facts }) => {
    if (!facts.mayCreate.allowed) {
      return (
        <>
          {HEAD}
          <EmptyState
            icon={ShieldX}
            title="You may not make tokens now"
            action={<ButtonLink href="/help#tiers">Who may, and why</ButtonLink>}
          >
            {facts.mayCreate.reason}
          </EmptyState>
        </>
      );
    }
    const { draft, filled } = draftFromQuery(query, facts);
    return <NewTokenForm facts={facts} initial={draft} filled={filled} reader={await readReader()} head={HEAD} />;
  },
});
