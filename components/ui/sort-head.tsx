import Link from "next/link";
import type { ReactNode } from "react";
import { Th } from "./table";

type Props = {
  column: string;
  /** The list's order as in its address: `name`, or `-name` for the other way round. */
  sort: string;
  hrefOf: (sort: string) => string;
  children: ReactNode;
  className?: string;
};

/** The head of a column that can be sorted by: a link, because the order is in the address. Pressed again it turns round. */
export function SortHead({ column, sort, hrefOf, children, className }: Props) {
  const descending = sort === `-${column}`;
  const sorted = sort === column ? "ascending" : descending ? "descending" : undefined;
  return (
    <Th sorted={sorted} {...(className === undefined ? {} : { className })}>
      <Link prefetch={false} href={hrefOf(sort === column ? `-${column}` : column)} className="text-inherit">
        {children}
      </Link>
    </Th>
  );
}
