/**
 * What is known about the paths of one kind of application: data, one readable file each. Patterns are relative to the
 * application's context; `*` is one segment, `**` as many as there are (a star inside a segment: the characters there).
 */
export type KindPaths = {
  /** The positive list: what tokens reach. Administrators add to it by the application's `paths`. */
  readonly reached: readonly string[];
  /**
   * Never for tokens, whoever lists it: mints other credentials, opens sessions, or is known to be dangerous; by why.
   * A star behind a last name is there because Atlassian's REST cuts `.json` and `.xml` off before it looks.
   */
  readonly never: Readonly<Record<string, readonly string[]>>;
  /** Not for tokens unless an administrator lists the path: bulk data and code that administrators define. */
  readonly unlessListed: readonly string[];
  /** Requests that only read although their method is not GET, HEAD or OPTIONS: `METHOD /pattern`. */
  readonly reads: readonly string[];
  /** Requests that change something although their method is GET, HEAD or OPTIONS. */
  readonly writes: readonly string[];
};
