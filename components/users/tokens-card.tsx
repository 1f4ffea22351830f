import Link from "next/link";
import type { KnownApplication } from "#lib/applications/known";
import type { OfferedToken } from "#lib/tokens/acting/actions-on";
import { actionFacts, actionsOf } from "../tokens/actions/action-facts";
import { TokenActions } from "../tokens/actions/token-actions";
import { accessWords, applicationWords } from "../tokens/token-words";
import { Card, CardHead } from "../ui/card";
import { Status } from "../ui/status";
import { ago, type Reader } from "../ui/time-words";

type Props = {
  tokens: readonly OfferedToken[];
  /** Not all are shown: the token manager shows the rest. */
  more: boolean;
  username: string;
  /** Where a token is made for them; null where the reader may not. */
  issue: string | null;
  applications: readonly KnownApplication[];
  reader: Reader;
};

/** Somebody's tokens, newest first, ended ones included. */
export function TokensCard({ tokens, more, username, issue, applications, reader }: Props) {
  const all = `/admin/tokens?view=all&q=${encodeURIComponent(username)}`;
  return (
    <Card aria-labelledby="tokens">
      <CardHead
        id="tokens"
        aside={
          <span className="flex flex-wrap gap-x-4 text-sm">
            {issue !== null && (
              <Link prefetch={false} href={issue} className="py-1">
                Make one for them
              </Link>
            )}
            <Link prefetch={false} href={all} className="py-1">
              In the token manager
            </Link>
          </span>
        }
      >
        Tokens
      </CardHead>
      {tokens.length === 0 && <p className="px-4 py-3 text-sm text-fg-3">None, and there never was one.</p>}
      <ul className="divide-y divide-border">
        {tokens.map((token) => {
          const where = applicationWords(token.applications, applications);
          const used =
            token.status === "pending"
              ? "waits to be claimed"
              : token.lastUsedAt === null
                ? "never used"
                : `used ${ago(Date.parse(token.lastUsedAt), reader)}`;
          return (
            <li key={token.id} className="flex items-center gap-3 px-4 py-2 text-sm">
              <Status status={token.status} as="shape" />
              <span className="min-w-0 flex-1">
                <Link prefetch={false} href={`/tokens/${token.id}`} className="block truncate font-medium text-fg">
                  {token.name}
                </Link>
                <span className="block truncate text-xs text-fg-3">
                  {accessWords(token.access)} in {where} · {used}
                </span>
              </span>
              <TokenActions
                token={actionFacts(token, where)}
                actions={{ ...actionsOf(token), rotate: false, resume: false }}
                reader={reader}
                place="row"
              />
            </li>
          );
        })}
      </ul>
      {more && (
        <p className="border-border border-t px-4 py-2 text-sm text-fg-3">The newest {tokens.length} of them.</p>
      )}
    </Card>
  );
}
