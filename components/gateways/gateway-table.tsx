import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { callsOf, type GatewayOverview } from "#lib/gateways/overview";
import { Flag } from "../ui/flag";
import { SortHead } from "../ui/sort-head";
import { Table, TableFrame, Td, Th, Tr } from "../ui/table";
import { Time } from "../ui/time";
import { ago, type Reader } from "../ui/time-words";
import { callsWords, silenceWords } from "./gateway-words";

type Props = {
  gateways: readonly GatewayOverview[];
  sort: string;
  hrefOf: (sort: string) => string;
  reader: Reader;
};

/** Gateways, one line each: who calls, for what, when last, and what came of it. */
export function GatewayTable({ gateways, sort, hrefOf, reader }: Props) {
  return (
    <TableFrame label="Gateways" className="rounded-lg border">
      <Table>
        <thead>
          <tr>
            <SortHead column="key" sort={sort} hrefOf={hrefOf} className="pl-4">
              Key
            </SortHead>
            <Th className="max-desk:hidden">Asks as</Th>
            <Th className="max-desk:hidden">Applications</Th>
            <Th>Last contact</Th>
            <Th className="max-desk:hidden">Last 24 h</Th>
          </tr>
        </thead>
        <tbody>
          {gateways.map((gateway) => (
            <Tr key={gateway.id}>
              <Td className="pl-4">
                <Link prefetch={false} href={`/admin/gateways/${gateway.id}`} className="font-medium text-fg">
                  {gateway.key}
                </Link>
              </Td>
              <Td className="text-fg-2 max-desk:hidden">{gateway.adapter}</Td>
              <Td className="py-1.5 text-fg-2 [overflow-wrap:anywhere] max-desk:hidden">
                {gateway.applications.join(", ") || <span className="text-fg-3">None</span>}
              </Td>
              <Td className="py-1.5">
                <Contact gateway={gateway} reader={reader} />
              </Td>
              <Td className="text-fg-2 tabular-nums max-desk:hidden">{callsWords(callsOf(gateway.outcomes))}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}

/** When it last called and from where; flagged when that is long ago or never. */
export function Contact({ gateway, reader }: { gateway: GatewayOverview; reader: Reader }) {
  const silence = silenceWords(gateway.lastContactAt, reader.now);
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-0.5">
      {silence && (
        <Flag icon={TriangleAlert} tone="warning">
          {silence}
        </Flag>
      )}
      {gateway.lastContactAt && (
        <Time at={gateway.lastContactAt} reader={reader}>
          {ago(Date.parse(gateway.lastContactAt), reader)}
        </Time>
      )}
      {gateway.lastAddress && <span className="mono text-xs text-fg-3">{gateway.lastAddress}</span>}
    </span>
  );
}
