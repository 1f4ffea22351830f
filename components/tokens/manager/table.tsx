import type { ReactNode } from "react";
import type { ManagedToken } from "#lib/tokens/queries-managed";
import { SortHead } from "../../ui/sort-head";
import { Table, TableFrame, Td, Th, Tr } from "../../ui/table";
import { actionFacts, actionsOf, NO_ACTIONS } from "../actions/action-facts";
import { TokenActions } from "../actions/token-actions";
import type { RowContext } from "../list/row-context";
import { applicationWords } from "../token-words";
import { AccessCell, EndCell, MakerCell, NameCell, OwnerCell, UseCell } from "./cells";
import { ManagerFlags } from "./flags";

type Props = {
  tokens: readonly ManagedToken[];
  context: RowContext;
  sort: string;
  hrefOf: (sort: string) => string;
};

/** Every token, one line each. Who may end none of them gets the same without the last column. */
export function ManagerTable({ tokens, context, sort, hrefOf }: Props) {
  const acts = tokens.some((token) => actionsOf(token).revoke);
  const head = (column: string, children: ReactNode, className?: string) => (
    <SortHead column={column} sort={sort} hrefOf={hrefOf} {...(className && { className })}>
      {children}
    </SortHead>
  );
  return (
    <TableFrame label="Tokens" className="min-h-0 flex-1 max-desk:hidden">
      <Table className="min-w-[1180px] table-fixed">
        <colgroup>
          <col className="w-[176px]" />
          <col />
          <col className="w-[104px]" />
          <col className="w-[72px]" />
          <col className="w-[112px]" />
          <col className="w-[92px]" />
          <col className="w-[190px]" />
          <col className="w-[88px]" />
          <col className="w-[150px]" />
          {acts && <col className="w-[84px]" />}
        </colgroup>
        <thead>
          <tr>
            {head("owner", "Owner", "pl-(--page-pad)")}
            {head("name", "Token")}
            <Th>Application</Th>
            {head("access", "May")}
            {head("createdBy", "Issued by")}
            {head("expiresAt", "Ends")}
            {head("lastUsedAt", "Last used, from")}
            <Th className="text-right">Calls 30 d</Th>
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

function Row({ token, context, acts }: { token: ManagedToken; context: RowContext; acts: boolean }) {
  const { reader, applications } = context;
  const where = applicationWords(token.applications, applications);
  const { revoke, suspend } = actionsOf(token);
  return (
    <Tr>
      <OwnerCell token={token} />
      <NameCell token={token} />
      <Td className="truncate" title={where}>
        {where}
      </Td>
      <AccessCell token={token} />
      <MakerCell token={token} />
      <EndCell token={token} reader={reader} />
      <UseCell token={token} reader={reader} />
      <Td className="text-right tabular-nums">{token.calls30d.toLocaleString("en")}</Td>
      <Td>
        <ManagerFlags token={token} now={reader.now} />
      </Td>
      {acts && (
        <Td className="pr-5 text-right">
          <TokenActions
            token={actionFacts(token, where)}
            actions={{ ...NO_ACTIONS, revoke, suspend }}
            reader={reader}
            place="row"
          />
        </Td>
      )}
    </Tr>
  );
}
