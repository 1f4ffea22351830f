/** A page's query as Next hands it over: anything, and anything several times. */
export type Query = Readonly<Record<string, string | string[] | undefined>>;

/** The address of a page with its query, to come back to after signing in. */
export function addressWithQuery(path: string, query: Query): string {
  const pairs = Object.entries(query).flatMap(([key, value]) => [value ?? []].flat().map((each) => [key, each]));
  const text = new URLSearchParams(pairs).toString();
  return text ? `${path}?${text}` : path;
}

/** What Next read from the brackets of a page's path. */
export type Params = Readonly<Record<string, string>>;

/** A page's path with what stands in its brackets: `/tokens/[id]` → `/tokens/0190…`. */
export function pathWith(path: string, params: Params): string {
  return path.replace(/\[(\w+)\]/g, (_all, name: string) => encodeURIComponent(params[name] ?? ""));
}
