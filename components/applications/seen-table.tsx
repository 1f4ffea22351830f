import type { CredentialSeen } from "#lib/applications/queries-pages";
import { Table, TableFrame, Td, Th, Tr } from "../ui/table";
import type { Reader } from "../ui/time-words";
import { classWords } from "./application-words";
import { SeenLast } from "./seen-last";

/** Who still comes with something that is not a token. Names are what they claimed; nobody verified them. */
export function SeenTable({ seen, reader }: { seen: readonly CredentialSeen[]; reader: Reader }) {
  if (seen.length === 0) return <p className="p-4 text-sm text-fg-3">Nothing seen so far.</p>;
  return (
    <TableFrame label="Who still comes without a token" className="rounded-b-lg border-t-0">
      <Table>
        <thead>
          <tr>
            <Th className="pl-4">Claimed name</Th>
            <Th>Came with</Th>
            <Th className="max-desk:hidden">From</Th>
            <Th className="max-desk:hidden">Client</Th>
            <Th>Last seen</Th>
          </tr>
        </thead>
        <tbody>
          {seen.map((each) => (
            <Tr key={`${each.class} ${each.allowed} ${each.claimedName} ${each.address} ${each.client}`}>
              <Td className="py-1.5 pl-4 [overflow-wrap:anywhere]">
                {each.claimedName || <span className="text-fg-3">None</span>}
              </Td>
              <Td className="py-1.5 text-fg-2">
                {classWords(each.class)}
                {!each.allowed && <span className="block text-xs text-danger-fg">refused</span>}
              </Td>
              <Td className="mono text-xs text-fg-2 max-desk:hidden">{each.address}</Td>
              <Td className="max-w-64 truncate text-fg-2 max-desk:hidden" title={each.client}>
                {each.client}
              </Td>
              <Td className="whitespace-nowrap text-fg-2">
                <SeenLast at={each.lastSeenAt} calls={each.calls} reader={reader} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}
