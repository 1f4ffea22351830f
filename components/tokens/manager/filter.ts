import { TOKEN_VIEWS } from "#lib/tokens/search/views";
import type { Role } from "#lib/users/user";
import { type AddressQuery, listHref, single } from "../../ui/list-address";
import { COLUMN_KEYS, type ColumnKey, columnsIn } from "./column-keys";
import { FIELDS, type FilterName } from "./fields";

/** What the page is called: with a role it shows everybody's tokens, to others those that they manage. */
export const managerTitle = (role: Role): string => (role === "user" ? "Tokens you manage" : "Token manager");

/** What the list is narrowed by: the values of each name. */
export type ManagerFilter = Readonly<Partial<Record<FilterName, readonly string[]>>>;

/** `view`: the built-in view that this filter is, if it is one. */
export type ManagerState = {
  readonly view: string | null;
  readonly filter: ManagerFilter;
  readonly q: string;
  readonly sort: string;
  readonly cursor: string | null;
  readonly columns: readonly ColumnKey[];
};

export const MANAGER = "/admin/tokens";
const PRESET_SORT = "-lastUsedAt";
const [FIRST] = TOKEN_VIEWS;

const names = Object.keys(FIELDS) as readonly FilterName[];

/** The values that an address has for a name; empty ones say nothing. */
const valuesOf = (value: AddressQuery[string]): readonly string[] =>
  [value ?? []]
    .flat()
    .map((each) => each.trim())
    .filter((each) => each !== "")
    .slice(0, 20);

const filterOf = (query: AddressQuery): ManagerFilter =>
  Object.fromEntries(
    names.flatMap((name) => {
      const values = valuesOf(query[name]);
      return values.length === 0 ? [] : [[name, [...new Set(values)]]];
    }),
  );

const viewFilter = (key: string): ManagerFilter | null => {
  const view = TOKEN_VIEWS.find((each) => each.key === key);
  return view === undefined ? null : filterOf(view.filter);
};

const sameFilter = (a: ManagerFilter, b: ManagerFilter): boolean =>
  names.every((name) => [...(a[name] ?? [])].sort().join("\n") === [...(b[name] ?? [])].sort().join("\n"));

/** The built-in view that is just this filter; null if none is. */
const viewOf = (filter: ManagerFilter): string | null =>
  TOKEN_VIEWS.find((view) => sameFilter(filterOf(view.filter), filter))?.key ?? null;

/**
 * What the URL of the token manager asks for. It is shared and typed by hand, so whatever makes no sense is left out.
 * Without any filter it is the first view; a view's name stands for its filter.
 */
export function managerState(query: AddressQuery): ManagerState {
  const asked = filterOf(query);
  const named = viewFilter(single(query.view));
  const nothing = Object.keys(asked).length === 0;
  const filter = nothing ? (named ?? filterOf(FIRST.filter)) : asked;
  const cursor = single(query.cursor);
  return {
    view: viewOf(filter),
    filter,
    q: single(query.q).slice(0, 200),
    sort: single(query.sort) || PRESET_SORT,
    columns: columnsIn(valuesOf(query.column)),
    cursor: cursor.length > 0 && cursor.length <= 1_000 ? cursor : null,
  };
}

/** The parameters of an address or of a form: a view by its name, any other filter written out; no cursor. */
export function managerParameters({ filter, q, sort, columns }: Omit<ManagerState, "view" | "cursor">) {
  const view = viewOf(filter);
  const empty = view === null ? {} : { view: view === FIRST.key ? "" : view };
  return {
    ...(view === null ? filter : empty),
    ...{ q, sort: sort === PRESET_SORT ? "" : sort },
    column: columns.length === COLUMN_KEYS.length ? [] : columns,
  };
}

/** What narrows the list, as the API takes it: a name that is given once has one value, not a list of one. */
export function askedOf({ filter, q }: Pick<ManagerState, "filter" | "q">): Readonly<Record<string, unknown>> {
  const asked = Object.entries(filter).map(([name, values]) => [name, values.length === 1 ? values[0] : values]);
  return { ...Object.fromEntries(asked), ...(q && { q }) };
}

/** The address of a state with some of it changed; what is changed begins at its first page. */
export function managerHref(state: ManagerState, changes: Partial<ManagerState> = {}): string {
  const next = { ...state, cursor: null, ...changes };
  return listHref(MANAGER, { ...managerParameters(next), cursor: next.cursor });
}

/** The address of a built-in view. */
export const viewHref = (key: string): string => listHref(MANAGER, { view: key === FIRST.key ? "" : key });

/** The address of a view that somebody saved, written as the page itself would. */
export function savedHref(query: string): string {
  const said: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(query)) said[name] = [...(said[name] ?? []), value];
  return managerHref(managerState(said));
}

/** The filter without one of its names; without any it is everything. */
export function without(filter: ManagerFilter, name: FilterName): ManagerFilter {
  const { [name]: _gone, ...rest } = filter;
  return rest;
}
