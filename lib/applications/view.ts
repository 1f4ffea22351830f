import type { Application } from "./application";

/** What the database says of an application. */
export type ApplicationRow = Pick<Application, "id" | "key" | "name" | "kind" | "identity" | "paths" | "routes"> & {
  readonly rules: unknown;
  readonly exceptions: unknown;
  readonly credentials: unknown;
  readonly usernames: unknown;
  readonly readPacks: readonly string[];
  readonly pathFilter: unknown;
  readonly webSocket: boolean;
  readonly preflight: boolean;
  readonly introspectRestricted: boolean;
  readonly createdAt: Date;
  readonly version: number;
};

/** An application as everybody signed in may see it: what it is called. */
export type ApplicationName = Pick<Application, "id" | "key" | "name" | "kind"> & {
  readonly createdAt: string;
  readonly version: number;
};

/** An application as administrators and auditors see it. */
export type ApplicationView = ApplicationName &
  Omit<Application, keyof ApplicationName> & { readonly introspectRestricted: boolean };

export function applicationName({ id, key, name, kind, createdAt, version }: ApplicationRow): ApplicationName {
  return { id, key, name, kind, createdAt: createdAt.toISOString(), version };
}

const place = ({ host, context }: Application["routes"][number]) => `${host}${context}`;

export function applicationView(row: ApplicationRow): ApplicationView {
  const { identity, paths, webSocket, preflight, introspectRestricted } = row;
  return {
    ...applicationName(row),
    routes: [...row.routes]
      .sort((a, b) => (place(a) < place(b) ? -1 : 1))
      .map(({ host, context }) => ({ host, context })),
    // The columns hold what the commands' schema has read: the compiler cannot know.
    rules: row.rules as Application["rules"],
    exceptions: row.exceptions as Application["exceptions"],
    credentials: row.credentials as Application["credentials"],
    usernames: row.usernames as Application["usernames"],
    readPacks: row.readPacks as Application["readPacks"],
    pathFilter: row.pathFilter as Application["pathFilter"],
    identity,
    paths,
    webSocket,
    preflight,
    introspectRestricted,
  };
}
