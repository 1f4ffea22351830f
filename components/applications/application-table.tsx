import Link from "next/link";
import { LATCHKEY } from "#lib/applications/application";
import type { ListedApplication } from "#lib/applications/queries-pages";
import { SortHead } from "../ui/sort-head";
import { Table, TableFrame, Td, Th, Tr } from "../ui/table";
import { KINDS, routesText } from "./application-words";

type Props = {
  applications: readonly ListedApplication[];
  sort: string;
  hrefOf: (sort: string) => string;
};

/** Applications, one line each: where they are found, who asks for them, what happens to passwords. */
export function ApplicationTable({ applications, sort, hrefOf }: Props) {
  return (
    <TableFrame label="Applications" className="rounded-lg border">
      <Table>
        <thead>
          <tr>
            <SortHead column="name" sort={sort} hrefOf={hrefOf} className="pl-4">
              Name
            </SortHead>
            <Th>Hosts</Th>
            <Th className="max-desk:hidden">Gateways</Th>
            <Th className="max-desk:hidden">Passwords</Th>
          </tr>
        </thead>
        <tbody>
          {applications.map((each) => (
            <Tr key={each.id}>
              <Td className="py-1.5 pl-4">
                <Link prefetch={false} href={`/admin/applications/${each.id}`} className="font-medium text-fg">
                  {each.name}
                </Link>
                <span className="block text-xs text-fg-3">
                  {each.key === LATCHKEY ? "This portal’s own API" : KINDS[each.kind]}
                </span>
              </Td>
              <Td className="mono whitespace-pre-line py-1.5 text-xs text-fg-2 [overflow-wrap:anywhere]">
                {routesText(each.routes.slice(0, 4))}
                {each.routes.length > 4 && `\nand ${each.routes.length - 4} more`}
              </Td>
              <Td className="text-fg-2 max-desk:hidden">
                {each.gateways.join(", ") || (each.key !== LATCHKEY && <span className="text-fg-3">None yet</span>)}
              </Td>
              <Td className="text-fg-2 max-desk:hidden">{each.rules.password}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}
