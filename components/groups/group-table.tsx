import Link from "next/link";
import type { ListedGroup } from "#lib/groups/view";
import { None } from "../ui/facts";
import { SortHead } from "../ui/sort-head";
import { Table, TableFrame, Td, Th, Tr } from "../ui/table";
import { givesInWords, sourceWords } from "./group-words";

type Props = { groups: readonly ListedGroup[]; sort: string; hrefOf: (sort: string) => string };

/** Groups, one line each: where they come from, how many are in them, and what they give. */
export function GroupTable({ groups, sort, hrefOf }: Props) {
  return (
    <TableFrame label="Groups" className="rounded-lg border">
      <Table className="desk:min-w-[720px]">
        <thead>
          <tr>
            <SortHead column="name" sort={sort} hrefOf={hrefOf} className="pl-4">
              Name
            </SortHead>
            <Th className="max-desk:hidden">Source</Th>
            <Th className="text-right">Members</Th>
            <Th className="max-desk:hidden">What it gives</Th>
          </tr>
        </thead>
        <tbody>
          {groups.map((listed) => {
            const gives = givesInWords(listed);
            return (
              <Tr key={listed.group.id}>
                <Td className="max-w-[320px] py-1 pl-4">
                  <Link
                    prefetch={false}
                    href={`/admin/groups/${listed.group.id}`}
                    title={listed.group.ref}
                    className="block truncate font-medium text-fg"
                  >
                    <bdi>{listed.group.name}</bdi>
                  </Link>
                  <span className="block truncate text-xs text-fg-3 desk:hidden">{gives.join(" · ") || "Nothing"}</span>
                </Td>
                <Td className="whitespace-nowrap text-fg-2 max-desk:hidden">{sourceWords(listed.group.source)}</Td>
                <Td className="pr-4 text-right tabular-nums">{listed.group.memberCount.toLocaleString("en")}</Td>
                <Td className="max-w-[460px] truncate text-fg-2 max-desk:hidden" title={gives.join(" · ")}>
                  {gives.length === 0 ? <None>Nothing</None> : gives.join(" · ")}
                </Td>
              </Tr>
            );
          })}
        </tbody>
      </Table>
    </TableFrame>
  );
}
