import type { Status } from "../status";

/** A view that everybody has: a name and the filter it stands for, in the words of an address. */
export type TokenViewOfAll = {
  readonly key: string;
  readonly label: string;
  readonly filter: Readonly<Record<string, string | readonly string[]>>;
};

const NOT_ENDED: readonly Status[] = ["orphaned", "suspended", "pending", "rotating", "expiring", "active"];

/** The built-in views of the token manager, first what is shown when nothing is asked for. */
export const TOKEN_VIEWS: readonly [TokenViewOfAll, ...TokenViewOfAll[]] = [
  { key: "not-ended", label: "Not ended", filter: { status: NOT_ENDED } },
  { key: "never-ends", label: "Never ends", filter: { status: NOT_ENDED, neverExpires: "true" } },
  { key: "open", label: "Write from anywhere", filter: { status: NOT_ENDED, access: "write", noRanges: "true" } },
  { key: "unused", label: "Unused 90 d", filter: { status: NOT_ENDED, unusedDays: "90" } },
  { key: "orphaned", label: "Owner gone", filter: { status: ["orphaned"] } },
  { key: "knocking", label: "Ended but knocking", filter: { knocking: "true" } },
  { key: "issued", label: "Issued by admins", filter: { status: NOT_ENDED, issued: "true" } },
  { key: "all", label: "All", filter: {} },
];
