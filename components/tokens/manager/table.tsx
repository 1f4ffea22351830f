import { Fragment, type ReactNode } from "react";
import type { ManagedToken } from "#lib/tokens/queries-managed";
import { SortHead } from "../../ui/sort-head";
import { Table, TableFrame, Td, Th, Tr } from "../../ui/table";
import { actionFacts, actionsOf, NO_ACTIONS } from "../actions/action-facts";
import { TokenActions } from "../actions/token-actions";
import { SelectPage, SelectToken } from "../bulk/select-box";
import type { RowContext } from "../list/row-context";
import { applicationWords } from "../token-words";
import { AccessCell, EndCell, MakerCell, NameCell, OwnerCell, UseCell } from "./cells";
import { COLUMN_LABELS, type ColumnKey } from "./column-keys";
import { ManagerFlags } from "./flags";

type Column = {
  readonly key: ColumnKey | "name";
  readonly width?: string;
  readonly sorts?: true;
  readonly right?: true;
  readonly cell: (token: ManagedToken, context: RowContext) => ReactNode;
};

const COLUMNS: readonly Column[] = [
  { key: "owner", width: "w-[152px]", sorts: true, cell: (token) => <OwnerCell token={token} /> },
  { key: "name", sorts: true, cell: (token) => <NameCell token={token} /> },
  {
    key: "application",
    width: "w-[88px]",
    cell: (token, { applications }) => {
      const where = applicationWords(token.applications, applications);
      return (
        <Td className="truncate" title={where}>
          {where}
        </Td>
      );
    },
  },
  { key: "access", width: "w-[70px]", sorts: true, cell: (token) => <AccessCell token={token} /> },
  { key: "createdBy", width: "w-[92px]", sorts: true, cell: (token) => <MakerCell token={token} /> },
  {
    key: "expiresAt",
    width: "w-[92px]",
    sorts: true,
    cell: (token, { reader }) => <EndCell token={token} reader={reader} />,
  },
  {
    key: "lastUsedAt",
    width: "w-[206px]",
    sorts: true,
    cell: (token, { reader }) => <UseCell token={token} reader={reader} />,
  },
  {
    key: "calls",
    width: "w-[78px]",
    right: true,
    cell: (token) => <Td className="text-right tabular-nums">{token.calls30d.toLocaleString("en")}</Td>,
  },
  {
    key: "flags",
    width: "w-[116px]",
    cell: (token, { reader }) => (
      <Td>
        <ManagerFlags token={token} now={reader.now} />
      </Td>
    ),
  },
];

type Props = {
  tokens: readonly ManagedToken[];
  context: RowContext;
  sort: string;
  columns: readonly ColumnKey[];
  /** Whether tokens can be chosen, to do something to many of them. */
  selects: boolean;
  hrefOf: (sort: string) => string;
};

/** Every token, one line each. Who may end none of them gets the same without the last column. */
export function ManagerTable({ tokens, context, sort, columns, selects, hrefOf }: Props) {
  const acts = tokens.some((token) => actionsOf(token).revoke);
  const shown = COLUMNS.filter(({ key }) => key === "name" || columns.includes(key));
  const head = ({ key, sorts, right }: Column) => {
    const label = key === "name" ? "Token" : COLUMN_LABELS[key];
    if (!sorts) {
      return (
        <Th key={key} className={right ? "text-right" : ""}>
          {label}
        </Th>
      );
    }
    return (
      <SortHead key={key} column={key} sort={sort} hrefOf={hrefOf}>
        {label}
      </SortHead>
    );
  };
  return (
    <TableFrame label="Tokens" className="min-h-0 flex-1 max-desk:hidden">
      <Table className={`table-fixed ${shown.length > 6 ? "min-w-[1180px]" : "min-w-[760px]"}`}>
        <colgroup>
          <col className={selects ? "w-[calc(var(--page-pad)+28px)]" : "w-(--page-pad)"} />
          {shown.map(({ key, width }) => (
            <col key={key} className={width} />
          ))}
          {acts && <col className="w-[78px]" />}
        </colgroup>
        <thead>
          <tr>
            <Th className="pl-(--page-pad)">
              {selects ? (
                <SelectPage ids={tokens.map(({ id }) => id)} username={context.username} />
              ) : (
                <span className="sr-only">Row</span>
              )}
            </Th>
            {shown.map(head)}
            {acts && (
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            )}
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <Row key={token.id} token={token} context={context} columns={shown} selects={selects} acts={acts} />
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}

type RowProps = Pick<Props, "context" | "selects"> & {
  token: ManagedToken;
  columns: readonly Column[];
  acts: boolean;
};

function Row({ token, context, columns, selects, acts }: RowProps) {
  const { revoke, suspend } = actionsOf(token);
  const where = applicationWords(token.applications, context.applications);
  return (
    <Tr>
      <Td className="pl-(--page-pad)">
        {selects && <SelectToken id={token.id} name={token.name} username={context.username} />}
      </Td>
      {columns.map(({ key, cell }) => (
        <Fragment key={key}>{cell(token, context)}</Fragment>
      ))}
      {acts && (
        <Td className="pr-5 text-right">
          <TokenActions
            token={actionFacts(token, where)}
            actions={{ ...NO_ACTIONS, revoke, suspend }}
            reader={context.reader}
            place="row"
          />
        </Td>
      )}
    </Tr>
  );
}
