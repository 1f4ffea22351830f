/** What somebody has left behind: with any of it they are deactivated, not deleted. */
export type Traces = {
  /** Owned ever, ended ones included. */
  readonly tokens: number;
  /** Tokens of others that they made. */
  readonly issued: number;
  readonly sessions: number;
  /** What the audit log says that they did, or that was done about them beyond making and changing the account. */
  readonly events: number;
  /** Service accounts whose tokens they manage. */
  readonly maintained: number;
};

const counted = (count: number, one: string, many: string): string[] =>
  count === 0 ? [] : [count === 1 ? `1 ${one}` : `${count} ${many}`];

/** Traces as people say them; empty when there are none. */
export function tracesInWords({ tokens, issued, sessions, events, maintained }: Traces): string[] {
  return [
    ...counted(tokens, "token", "tokens"),
    ...counted(issued, "token issued for others", "tokens issued for others"),
    ...counted(sessions, "session", "sessions"),
    ...counted(maintained, "service account maintained", "service accounts maintained"),
    ...counted(events, "entry in the audit log", "entries in the audit log"),
  ];
}
