import type { CredentialClass, Exceptions } from "#lib/applications/application";
import { foldName } from "#lib/users/name";
import { compilePattern, type Pattern } from "./pattern";

type KnownException = {
  /** Folded names; null where the exception names none. */
  readonly users: ReadonlySet<string> | null;
  readonly paths: readonly Pattern[] | null;
};

/** The exceptions of an application, ready for judging. One that names nothing is none. */
export type KnownExceptions = Readonly<Partial<Record<CredentialClass, KnownException>>>;

export function compileExceptions(exceptions: Exceptions): KnownExceptions {
  return Object.fromEntries(
    Object.entries(exceptions)
      .filter(([, { users, paths }]) => users.length + paths.length > 0)
      .map(([name, { users, paths }]) => [
        name,
        {
          users: users.length === 0 ? null : new Set(users.map(foldName)),
          paths: paths.length === 0 ? null : paths.map((text) => compilePattern(text)),
        },
      ]),
  );
}
