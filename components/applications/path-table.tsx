import type { PathSeen } from "#lib/applications/queries-pages";
import { Table, TableFrame, Td, Th, Tr } from "../ui/table";
import { TextLink } from "../ui/text-link";
import type { Reader } from "../ui/time-words";
import { classWords } from "./application-words";
import { SeenLast } from "./seen-last";

const sender = ({ auth, token }: PathSeen) =>
  token === null ? (
    auth === "token" ? (
      "Tokens"
    ) : (
      classWords(auth)
    )
  ) : (
    <TextLink href={`/tokens/${token.id}`}>{token.name}</TextLink>
  );

/** Requests that a filter rule recognised and only observed: what setting it to block would refuse to tokens. */
export function PathTable({ paths, reader }: { paths: readonly PathSeen[]; reader: Reader }) {
  return (
    <TableFrame label="What the path filter recognised" className="rounded-b-lg border-t-0">
      <Table>
        <thead>
          <tr>
            <Th className="pl-4">Rule</Th>
            <Th>Sent by</Th>
            <Th className="max-desk:hidden">Last request</Th>
            <Th>Last seen</Th>
          </tr>
        </thead>
        <tbody>
          {paths.map((each) => (
            <Tr key={`${each.rule} ${each.auth} ${each.tokenId}`}>
              <Td className="mono py-1.5 pl-4 text-xs">{each.rule}</Td>
              <Td className="py-1.5 [overflow-wrap:anywhere]">{sender(each)}</Td>
              <Td className="mono max-w-80 truncate text-xs text-fg-2 max-desk:hidden" title={each.lastRequest ?? ""}>
                {each.lastRequest}
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
