/**
 * What can decide about a request and is not kept of it: its query, a header, the username beside the secret, how its
 * path was written.
 */
export const UNKEPT = ["query", "headers", "username", "path"] as const;
export type Unkept = (typeof UNKEPT)[number];

/** What is kept of a token's refused request besides its subject. Nothing here is secret, or in the client's words. */
export type Kept = {
  /** Canonical: the route was found by it. */
  readonly host: string;
  /** Where the secret stood: `Basic`, `Bearer`, `header NAME` or `query NAME`, as the application names them. */
  readonly place: string;
  /** What decided, or may decide another time, and is not kept. */
  readonly unkept: readonly Unkept[];
};
