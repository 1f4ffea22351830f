import { Eye, Pencil } from "lucide-react";
import Link from "next/link";
import type { TokenView } from "#lib/tokens/view";
import { Avatar } from "../../ui/avatar";
import { Icon } from "../../ui/icon";
import { Status } from "../../ui/status";
import { Table, TableFrame, Td, Th, Tr } from "../../ui/table";
import { Time } from "../../ui/time";
import { ago } from "../../ui/time-words";
import { actionFacts, actionsFor } from "../actions/action-facts";
import { TokenActions } from "../actions/token-actions";
import { lifeOf } from "../life";
import type { RowContext } from "../list/row-context";
import { applicationWords } from "../token-words";
import { ManagerFlags } from "./flags";

/** Every token, one line each. Auditors get the same without the last column. */
export function ManagerTable({ tokens, context }: { tokens: readonly TokenView[]; context: RowContext }) {
  const acts = context.viewer.role === "admin";
  return (
    <TableFrame label="Tokens" className="min-h-0 flex-1 max-desk:hidden">
      <Table className="min-w-[1120px] table-fixed">
        <colgroup>
          <col className="w-[188px]" />
          <col />
          <col className="w-[112px]" />
          <col className="w-[72px]" />
          <col className="w-[118px]" />
          <col className="w-[92px]" />
          <col className="w-[190px]" />
          <col className="w-[136px]" />
          {acts && <col className="w-[84px]" />}
        </colgroup>
        <thead>
          <tr>
            <Th className="pl-(--page-pad)">Owner</Th>
            <Th>Token</Th>
            <Th>Application</Th>
            <Th>May</Th>
            <Th>Made by</Th>
            <Th>Ends</Th>
            <Th>Last used, from</Th>
            <Th>Flags</Th>
            {acts && (
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            )}
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <Row key={token.id} token={token} context={context} acts={acts} />
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}

function Row({ token, context, acts }: { token: TokenView; context: RowContext; acts: boolean }) {
  const { reader, viewer, applications } = context;
  const where = applicationWords(token.applications, applications);
  const life = lifeOf(token, reader);
  const endsTone =
    life.at === null ? "text-warning-fg" : life.tone === "nearly-over" ? "font-medium text-st-expiring-fg" : "";
  return (
    <Tr>
      <Td className="pl-(--page-pad)">
        <span className="flex min-w-0 items-center gap-2">
          <Avatar name={token.owner.username} small />
          <span className="truncate" title={token.owner.username}>
            {token.owner.username}
          </span>
        </span>
      </Td>
      <Td>
        <span className="flex min-w-0 items-center gap-2">
          <Status status={token.status} as="shape" />
          <Link
            prefetch={false}
            href={`/tokens/${token.id}`}
            title={token.name}
            className="truncate font-medium text-fg"
          >
            {token.name}
          </Link>
          {token.hint && (
            <span className="mono ml-auto flex-none text-xs text-fg-3" title={token.hint}>
              …{token.hint.slice(-4)}
            </span>
          )}
        </span>
      </Td>
      <Td className="truncate" title={where}>
        {where}
      </Td>
      <Td>
        <span className="flex items-center gap-1">
          <Icon of={token.access === "read" ? Eye : Pencil} size={14} className="text-fg-3" />
          {token.access === "read" ? "Read" : "Write"}
        </span>
      </Td>
      <Td className={`truncate ${token.createdBy === token.owner.username ? "text-fg-3" : ""}`} title={token.createdBy}>
        {token.createdBy === token.owner.username ? "Owner" : token.createdBy}
      </Td>
      <Td className={`whitespace-nowrap tabular-nums ${endsTone}`}>
        {life.at ? (
          <Time at={life.at} reader={reader}>
            {life.tone === "nearly-over" ? life.left : life.ends}
          </Time>
        ) : (
          life.ends
        )}
      </Td>
      <Td>
        <span className="flex min-w-0 items-center gap-1.5">
          {token.lastUsedAt ? (
            <>
              <span className="min-w-[78px] flex-none tabular-nums">
                <Time at={token.lastUsedAt} reader={reader}>
                  {ago(Date.parse(token.lastUsedAt), reader)}
                </Time>
              </span>
              <span className="mono truncate text-xs text-fg-3" title={token.lastUsedIp ?? ""}>
                {token.lastUsedIp}
              </span>
            </>
          ) : (
            <span className="text-fg-3">Never</span>
          )}
        </span>
      </Td>
      <Td>
        <ManagerFlags token={token} />
      </Td>
      {acts && (
        <Td className="pr-5 text-right">
          <TokenActions
            token={actionFacts(token, where)}
            actions={{ ...actionsFor(token, viewer), rotate: false, resume: false }}
            reader={reader}
            place="row"
          />
        </Td>
      )}
    </Tr>
  );
}
