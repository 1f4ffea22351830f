/** What stops when a user is deactivated, and, tokens only, what works again when they come back. */
export type Stopping = {
  /** Tokens that work, or would if their owner were active. */
  readonly tokens: number;
  readonly lastUsedAt: string | null;
  /** Requests that these tokens let through, whole hours counted. */
  readonly calls24h: number;
  readonly calls30d: number;
  /** Sessions of the portal that stand. */
  readonly sessions: number;
  /** Service accounts that nobody active would maintain any more; at most fifty names. */
  readonly unmaintained: readonly string[];
};
