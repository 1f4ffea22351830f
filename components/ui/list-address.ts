/** What an address asks for, as Next hands it over: anything, and anything several times. */
export type AddressQuery = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The one value of a name; of several the first, of none the empty text. */
export const single = (value: AddressQuery[string]): string =>
  (typeof value === "string" ? value : (value?.[0] ?? "")).trim();

/** The address of a list in some state: what says nothing is left out, so that addresses stay short and can be shared. */
export function listHref(
  path: string,
  state: Readonly<Record<string, string | readonly string[] | null | undefined>>,
): string {
  const pairs = Object.entries(state).flatMap(([name, value]) =>
    [value ?? []].flat().flatMap((each) => (each === "" ? [] : [[name, each]])),
  );
  const query = new URLSearchParams(pairs).toString();
  return query ? `${path}?${query}` : path;
}
