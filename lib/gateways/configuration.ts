/** A file and where it belongs on the gateway's machine. */
export type ConfigurationFile = { readonly path: string; readonly text: string };

/** A program that asks in this way, its files, and how it is told the gateway's secret and to read them again. */
export type Program = {
  readonly name: string;
  readonly files: readonly ConfigurationFile[];
  /** Whose environment has the secret; null where it is written into the file. */
  readonly service: string | null;
  readonly check: string;
  readonly restart: string;
  /** It can tell one address only: the end of the connection, or what the program itself takes for the client. */
  readonly tellsOne: boolean;
  /** It tells the verifier only headers that its file names: those of header conditions must be among them. */
  readonly tellsNamed: boolean;
  /** Behind it tokens open a WebSocket where the application allows it. */
  readonly opensWebSocket: boolean;
  /** Why its files cannot reach the verifier, and what to do; null where they do. */
  readonly outOfReach: string | null;
};

/**
 * Fills in a place of a shipped file.
 * @throws when the file has no such place: then it was changed and this was not
 */
export function filled(text: string, what: string | RegExp, by: string): string {
  if (typeof what === "string" ? !text.includes(what) : !what.test(text)) {
    throw new Error(`The shipped configuration has no place for ${what}`);
  }
  return text.replace(what, () => by);
}
