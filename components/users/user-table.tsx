import { Bot, UserX } from "lucide-react";
import Link from "next/link";
import type { ListedUser } from "#lib/users/view";
import { roleWords } from "../shell/entries";
import { Avatar } from "../ui/avatar";
import { None } from "../ui/facts";
import { Flag } from "../ui/flag";
import { Icon } from "../ui/icon";
import { SortHead } from "../ui/sort-head";
import { Table, TableFrame, Td, Th, Tr } from "../ui/table";
import { Time } from "../ui/time";
import { ago, type Reader } from "../ui/time-words";
import { fewOf, kindWords } from "./user-words";

type Props = {
  users: readonly ListedUser[];
  sort: string;
  hrefOf: (sort: string) => string;
  reader: Reader;
};

/** Users, one line each; on a phone two, and the rest on their page. */
export function UserTable({ users, sort, hrefOf, reader }: Props) {
  const order = { sort, hrefOf };
  return (
    <TableFrame label="Users" className="rounded-lg border">
      <Table className="desk:min-w-[900px]">
        <thead>
          <tr>
            <SortHead column="username" {...order} className="pl-4">
              Username
            </SortHead>
            <SortHead column="displayName" {...order} className="max-desk:hidden">
              Name
            </SortHead>
            <Th className="max-desk:hidden">Groups</Th>
            <Th className="max-desk:hidden">Role</Th>
            <Th className="max-desk:hidden">Tier</Th>
            <Th className="text-right max-desk:hidden">Tokens</Th>
            <SortHead column="lastSignInAt" {...order} className="max-desk:hidden">
              Last sign-in
            </SortHead>
            <Th>Status</Th>
          </tr>
        </thead>
        <tbody>
          {users.map((each) => (
            <Row key={each.user.id} {...each} reader={reader} />
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}

function Row({ user, tokens, reader }: ListedUser & { reader: Reader }) {
  return (
    <Tr>
      <Td className="max-w-[260px] py-1 pl-4">
        <span className="flex min-w-0 items-center gap-2">
          {user.kind === "person" ? (
            <Avatar name={user.displayName} small />
          ) : (
            <Icon of={Bot} className="mx-[3px] text-fg-3" />
          )}
          <span className="min-w-0">
            <Link
              prefetch={false}
              href={`/admin/users/${user.id}`}
              title={user.username}
              className="block truncate font-medium text-fg"
            >
              <bdi>{user.username}</bdi>
            </Link>
            <span className="block truncate text-xs text-fg-3 desk:hidden">
              <bdi>{user.displayName}</bdi> · {kindWords(user)}
            </span>
            {user.kind === "service" && <span className="sr-only">Service account</span>}
          </span>
        </span>
      </Td>
      <Td className="max-w-[200px] truncate max-desk:hidden" title={user.displayName}>
        <bdi>{user.displayName}</bdi>
      </Td>
      <Td className="max-w-[190px] truncate text-fg-2 max-desk:hidden" title={user.groups.join(", ")}>
        {user.groups.length === 0 ? <None>None</None> : fewOf(user.groups)}
      </Td>
      <Td className="whitespace-nowrap max-desk:hidden">
        {user.role === "user" ? <None>None</None> : roleWords[user.role]}
      </Td>
      <Td className="max-w-[140px] truncate max-desk:hidden" title={user.tier ?? undefined}>
        {user.tier ?? <None>None</None>}
      </Td>
      <Td className="text-right tabular-nums max-desk:hidden">{tokens}</Td>
      <Td className="whitespace-nowrap text-fg-2 tabular-nums max-desk:hidden">
        {user.lastSignInAt === null ? (
          <None>{user.kind === "person" ? "Never" : "Cannot"}</None>
        ) : (
          <Time at={user.lastSignInAt} reader={reader}>
            {ago(Date.parse(user.lastSignInAt), reader)}
          </Time>
        )}
      </Td>
      <Td className="whitespace-nowrap pr-4">
        {user.deactivatedAt === null ? (
          "Active"
        ) : (
          <Flag icon={UserX} tone="orphaned" title="Cannot sign in, and none of their tokens works.">
            Deactivated
          </Flag>
        )}
      </Td>
    </Tr>
  );
}
