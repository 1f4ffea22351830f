import { UserSearch } from "lucide-react";
import { ListSearch } from "#components/shell/list-search";
import { Recipients } from "#components/tokens/issue/recipients";
import { ButtonLink } from "#components/ui/button-link";
import { EmptyState } from "#components/ui/empty-state";
import { PageHead } from "#components/ui/page-head";
import type { SessionViewer } from "#lib/access/viewer";
import { whyNotFor } from "#lib/tokens/queries-issue";
import { listUsers, usersQuery } from "#lib/users/queries";

const MOST = 20;

type Props = { viewer: SessionViewer; q: string; crumb: { href: string; label: string } };

async function foundPeople(viewer: SessionViewer, q: string) {
  const asked = usersQuery.safeParse({ status: "active", limit: MOST, ...(q.trim() && { q: q.trim() }) });
  const page = asked.success ? await listUsers(viewer, asked.data) : null;
  if (page === null || !page.ok) return { people: [], more: false };
  const { items, nextCursor } = page.value;
  const others = items.filter(({ id }) => id !== viewer.userId);
  const why = await whyNotFor(
    viewer,
    others.map(({ id }) => id),
  );
  const people = others.map(({ id, username, displayName, kind }) => {
    return { id, username, displayName, kind, reason: why.get(id) ?? null };
  });
  return { people, more: nextCursor !== null };
}

/** First of all: for whom. */
export async function ChooseRecipient({ viewer, q, crumb }: Props) {
  const { people, more } = await foundPeople(viewer, q);
  return (
    <div className="mx-auto max-w-[760px]">
      <PageHead
        title="Token for somebody else"
        sentence="A person, or a service account. For yourself: My tokens, New token."
        crumb={crumb}
        help="/help#claim-links"
      />
      <div className="mb-4">
        <ListSearch
          key={q}
          action="/admin/tokens/new"
          q={q}
          label="Search people and service accounts"
          placeholder="Username, name, e-mail"
        />
      </div>
      {people.length === 0 ? (
        <EmptyState
          icon={UserSearch}
          title="Nobody found"
          action={q !== "" && <ButtonLink href="/admin/tokens/new">Show everybody</ButtonLink>}
        >
          {q === "" ? "There is nobody else yet." : `Nobody active that you may issue for matches “${q}”.`}
        </EmptyState>
      ) : (
        <Recipients people={people} />
      )}
      {more && <p className="mt-2 text-sm text-fg-3">The first {people.length}. Search to find others.</p>}
    </div>
  );
}
