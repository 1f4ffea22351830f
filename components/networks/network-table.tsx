import Link from "next/link";
import type { NetworkView } from "#lib/networks/view";
import { SortHead } from "../ui/sort-head";
import { Table, TableFrame, Td, Th, Tr } from "../ui/table";
import { Time } from "../ui/time";
import { dayAndYearOf, type Reader } from "../ui/time-words";
import { rangesInWords } from "./network-words";

type Props = {
  networks: readonly NetworkView[];
  sort: string;
  hrefOf: (sort: string) => string;
  reader: Reader;
};

/** Networks, one line each. */
export function NetworkTable({ networks, sort, hrefOf, reader }: Props) {
  return (
    <TableFrame label="Networks" className="rounded-lg border">
      <Table>
        <thead>
          <tr>
            <SortHead column="name" sort={sort} hrefOf={hrefOf} className="pl-4">
              Name
            </SortHead>
            <Th>Ranges</Th>
            <SortHead column="createdAt" sort={sort} hrefOf={hrefOf} className="max-desk:hidden">
              Made
            </SortHead>
          </tr>
        </thead>
        <tbody>
          {networks.map((network) => (
            <Tr key={network.id}>
              <Td className="pl-4">
                <Link prefetch={false} href={`/admin/networks/${network.id}`} className="font-medium text-fg">
                  {network.name}
                </Link>
              </Td>
              <Td className="mono py-1.5 text-xs text-fg-2 [overflow-wrap:anywhere]">
                {rangesInWords(network.ranges)}
              </Td>
              <Td className="whitespace-nowrap text-fg-3 max-desk:hidden">
                <Time at={network.createdAt} reader={reader}>
                  {dayAndYearOf(Date.parse(network.createdAt), reader)}
                </Time>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}
