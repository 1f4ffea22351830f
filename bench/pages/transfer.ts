/** One answer as a browser got it. `bytes` are those that came over the network: packed, with the answer's headers. */
export type Transfer = { readonly kind: string; readonly bytes: number };

/** What a page made a browser load, in bytes over the network. */
export type Weight = { readonly scripts: number; readonly all: number };

/** @param transfers everything that came; `kind` as the browser's protocol has it ("Script", "Document", …) */
export function weigh(transfers: readonly Transfer[]): Weight {
  const sum = (some: readonly Transfer[]) => some.reduce((total, { bytes }) => total + bytes, 0);
  return { scripts: sum(transfers.filter(({ kind }) => kind === "Script")), all: sum(transfers) };
}

/** Those with most script first, no more than so many. */
export function heaviest<Page extends { readonly weight: Weight }>(pages: readonly Page[], most: number): Page[] {
  return pages.toSorted((a, b) => b.weight.scripts - a.weight.scripts).slice(0, most);
}
