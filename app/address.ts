/** A page's query as Next hands it over: anything, and anything several times. */
export type Query = Readonly<Record<string, string | string[] | undefined>>;

/** The address of a page with its query, to come back to after signing in. */
export function addressWithQuery(path: string, query: Query): string {
  const pairs = Object.entries(query).flatMap(([key, value]) => [value ?? []].flat().map((each) => [key, each]));
  const text = new URLSearchParams(pairs).toString();
  return text ? `${path}?${text}` : path;
}
