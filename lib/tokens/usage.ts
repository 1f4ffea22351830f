/** An address and client that a token came from. Times are ISO 8601 UTC; calls count refused ones too. */
export type Source = {
  readonly address: string;
  readonly client: string;
  readonly calls: number;
  readonly lastSeenAt: string;
  /** Method and path without query, of the last call; null where that was not noted. */
  readonly lastRequest: string | null;
};

/** A refused call of the last thirty days, as the log of refusals kept it. */
export type RefusedCall = {
  readonly requestId: string;
  readonly at: string;
  readonly meaning: string;
  readonly request: string | null;
  readonly address: string | null;
};

/** How a token is used: who would notice if it stopped, and what went wrong lately. */
export type Usage = {
  readonly calls24h: number;
  readonly calls30d: number;
  /** Thirty days, hour by hour, only those with calls; `at` is epoch milliseconds. */
  readonly hours: readonly { readonly at: number; readonly allowed: number; readonly refused: number }[];
  /** The latest few. */
  readonly sources: readonly Source[];
  readonly refusals: readonly RefusedCall[];
  /** Where the secret that was replaced has come from since: of this token, or of the one before it. */
  readonly stragglers: readonly Source[];
};
