import { type AddressQuery, listHref, single } from "../ui/list-address";

const NAMES = ["q", "kind", "status", "role", "group", "maintainer", "sort", "cursor"] as const;

/** What the address of the list of users asks for; empty texts ask for nothing. */
export type UserListState = Readonly<Record<(typeof NAMES)[number], string>>;

/** Reads an address. It is shared and typed by hand: of a name given twice the first counts. */
export function userListState(query: AddressQuery): UserListState {
  const [q, kind, status, role, group, maintainer, sort, cursor] = NAMES.map((name) => single(query[name]));
  const given = { q, kind, status, role, group, maintainer, sort, cursor };
  return Object.fromEntries(NAMES.map((name) => [name, (given[name] ?? "").slice(0, 500)])) as UserListState;
}

/** The address of the list with some of it changed; another order or filter begins at the first page. */
export const userListHref = (state: UserListState, changes: Partial<UserListState> = {}): string =>
  listHref("/admin/users", { ...state, cursor: "", ...changes });

/** Whether anything narrows the list, beyond which tab it is. */
export const isNarrowed = ({ q, status, role, group, maintainer }: UserListState): boolean =>
  [q, status, role, group, maintainer].some((each) => each !== "");
