import { ShieldX } from "lucide-react";
import type { Metadata } from "next";
import { IssueForm } from "#components/tokens/issue/issue-form";
import { MANAGER, managerTitle } from "#components/tokens/manager/filter";
import { ButtonLink } from "#components/ui/button-link";
import { EmptyState } from "#components/ui/empty-state";
import { PageHead } from "#components/ui/page-head";
import { type IssueFacts, issueFacts, issuesTokens } from "#lib/tokens/queries-issue";
import { readReader } from "../../../reader";
import { signedInPage } from "../../../signed-in-page";
import { ChooseRecipient } from "./choose-recipient";

export const metadata: Metadata = { title: "Token for somebody else" };

const one = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

export default signedInPage<{ facts: IssueFacts | null }>({
  path: "/admin/tokens/new",
  may: issuesTokens,
  find: async ({ viewer, query }) => {
    const owner = one(query.owner);
    if (owner === undefined) return { facts: null };
    const facts = await issueFacts(viewer, owner);
    return facts && { facts };
  },
  here: "manager",
  draw: async ({ viewer, query, found: { facts } }) => {
    const crumb = { href: MANAGER, label: managerTitle(viewer.role) };
    if (facts === null) return <ChooseRecipient viewer={viewer} q={one(query.q) ?? ""} crumb={crumb} />;
    const { recipient, unmaintained, ways, reason } = facts;
    const head = <PageHead title={`Token for ${recipient.username}`} crumb={crumb} help="/help#claim-links" />;
    const [first, ...more] = ways;
    if (first === undefined) {
      return (
        <>
          {head}
          <EmptyState
            icon={ShieldX}
            title="You may not make this token"
            action={<ButtonLink href="/admin/tokens/new">Choose somebody else</ButtonLink>}
          >
            {reason}
          </EmptyState>
        </>
      );
    }
    return (
      <IssueForm
        recipient={recipient}
        unmaintained={unmaintained}
        ways={[first, ...more]}
        reader={await readReader()}
        head={head}
      />
    );
  },
});
