/** A named list of address ranges. */
export type Network = { readonly name: string; readonly ranges: readonly string[] };
