import { Plus, UserCog } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { delegationSentence } from "#components/delegations/delegation-words";
import { ButtonLink } from "#components/ui/button-link";
import { EmptyState } from "#components/ui/empty-state";
import { Icon } from "#components/ui/icon";
import { PageHead } from "#components/ui/page-head";
import { can } from "#lib/access/can";
import { readDelegations } from "#lib/delegations/queries-page";
import { signedInPage } from "../../signed-in-page";

export const metadata: Metadata = { title: "Delegations" };

export default signedInPage({
  path: "/admin/delegations",
  may: "delegations.read",
  find: ({ viewer }) => readDelegations(viewer),
  here: "delegations",
  draw: ({ viewer, found }) => (
    <>
      <PageHead
        title="Delegations"
        sentence="Who has power over tokens of others. A role alone gives none."
        help="/help#delegations"
        actions={
          can(viewer, "delegations.write") && (
            <ButtonLink look="primary" href="/admin/delegations/new" className="max-desk:flex-1">
              <Icon of={Plus} />
              New delegation
            </ButtonLink>
          )
        }
      />
      {found.length === 0 ? (
        <EmptyState icon={UserCog} title="No delegation yet">
          Nobody can issue or end tokens of others.
        </EmptyState>
      ) : (
        <ul className="rounded-lg border border-border bg-surface">
          {found.map((delegation) => (
            <li
              key={delegation.id}
              className="border-border border-b px-4 py-3 last:border-b-0 [overflow-wrap:anywhere]"
            >
              <Link prefetch={false} href={`/admin/delegations/${delegation.id}`} className="font-semibold text-fg">
                {delegation.name}
              </Link>
              <p className="mt-0.5 text-pretty text-fg-2">{delegationSentence(delegation)}</p>
              <p className="mt-0.5 text-sm text-fg-3">
                {delegation.tokens === 1 ? "1 token was" : `${delegation.tokens.toLocaleString("en")} tokens were`}{" "}
                issued under it.
              </p>
            </li>
          ))}
        </ul>
      )}
    </>
  ),
});
