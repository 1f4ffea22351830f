import Link from "next/link";
import type { ManagedToken } from "#lib/tokens/queries-managed";
import { Status } from "../../ui/status";
import { Time } from "../../ui/time";
import { ago } from "../../ui/time-words";
import { actionFacts, actionsOf, NO_ACTIONS } from "../actions/action-facts";
import { TokenActions } from "../actions/token-actions";
import { SelectToken } from "../bulk/select-box";
import { lifeOf } from "../life";
import type { RowContext } from "../list/row-context";
import { applicationWords } from "../token-words";
import { ManagerFlags } from "./flags";

type Props = { tokens: readonly ManagedToken[]; context: RowContext; selects: boolean };

/** On phones the table becomes a list of cards in the same order. */
export function ManagerCards({ tokens, context, selects }: Props) {
  const { reader, applications, username } = context;
  return (
    <ul className="border-border border-t bg-surface desk:hidden">
      {tokens.map((token) => {
        const where = applicationWords(token.applications, applications);
        const life = lifeOf(token, reader);
        const ends =
          life.at === null
            ? "never ends"
            : life.tone === "over"
              ? `ended ${life.ends}`
              : life.tone === "nearly-over"
                ? `ends ${life.left}`
                : `ends ${life.ends}`;
        const actions = { ...NO_ACTIONS, revoke: actionsOf(token).revoke, suspend: actionsOf(token).suspend };
        return (
          <li key={token.id} className="border-border border-b px-4 py-3">
            <div className="flex items-center gap-2">
              {selects && <SelectToken id={token.id} name={token.name} username={username} />}
              <Status status={token.status} as="shape" />
              <Link
                prefetch={false}
                href={`/tokens/${token.id}`}
                className="min-w-0 flex-1 truncate font-medium text-fg"
              >
                {token.name}
              </Link>
              <span className="text-sm tabular-nums text-fg-3">
                {token.lastUsedAt ? (
                  <Time at={token.lastUsedAt} reader={reader}>
                    {ago(Date.parse(token.lastUsedAt), reader)}
                  </Time>
                ) : (
                  "never used"
                )}
              </span>
            </div>
            <p className="truncate text-sm text-fg-3">
              {token.owner.username} · <span className="mono">{token.hint ?? "no secret yet"}</span>
            </p>
            <div className="flex items-center gap-2">
              <p className="min-w-0 flex-1 truncate text-sm text-fg-2">
                {where} · {token.access === "read" ? "Read" : "Write"} · {ends}
              </p>
              <div className="-mr-2 flex-none">
                <TokenActions token={actionFacts(token, where)} actions={actions} reader={reader} place="row" />
              </div>
            </div>
            <ManagerFlags token={token} now={reader.now} />
          </li>
        );
      })}
    </ul>
  );
}
