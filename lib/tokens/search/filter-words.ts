import type { TokenFilter } from "./filter";

/** A filter as it is understood, for the log: what it does not say is left out. */
export const filterWords = (filter: TokenFilter): string =>
  JSON.stringify(
    Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && String(value) !== "")),
  );
