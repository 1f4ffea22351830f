import type { OfferedToken } from "#lib/tokens/acting/actions-on";
import { Table, TableFrame, Td, Th, Tr } from "../../ui/table";
import { actionFacts, actionsOf, NO_ACTIONS } from "../actions/action-facts";
import { TokenActions } from "../actions/token-actions";
import type { RowContext } from "../list/row-context";
import { applicationWords } from "../token-words";
import { AccessCell, EndCell, MakerCell, NameCell, OwnerCell, UseCell } from "./cells";
import { ManagerFlags } from "./flags";

/** Every token, one line each. Who may end none of them gets the same without the last column. */
export function ManagerTable({ tokens, context }: { tokens: readonly OfferedToken[]; context: RowContext }) {
  const acts = tokens.some((token) => actionsOf(token).revoke);
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

function Row({ token, context, acts }: { token: OfferedToken; context: RowContext; acts: boolean }) {
  const { reader, applications } = context;
  const where = applicationWords(token.applications, applications);
  const { revoke, suspend } = actionsOf(token);
  const actions = { ...NO_ACTIONS, revoke, suspend };
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
      <Td>
        <ManagerFlags token={token} />
      </Td>
      {acts && (
        <Td className="pr-5 text-right">
          <TokenActions token={actionFacts(token, where)} actions={actions} reader={reader} place="row" />
        </Td>
      )}
    </Tr>
  );
}
