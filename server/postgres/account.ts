import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { StartFailure } from "#server/start-failure";

/** An account of the operating system. */
export type Account = { readonly uid: number; readonly gid: number };

/** Ids of a user in the text of /etc/passwd. */
export function accountIn(passwd: string, username: string): Account | null {
  const fields = passwd
    .split("\n")
    .map((line) => line.split(":"))
    .find(([name]) => name === username);
  const uid = Number(fields?.[2]);
  const gid = Number(fields?.[3]);
  return fields && Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : null;
}

/**
 * The account under which the embedded PostgreSQL runs: ours (`null`), or, since PostgreSQL refuses root, that of
 * `postgres`, else of `nobody`. initdb insists on an account that has a name, so that any other number will not do.
 */
export function databaseAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const passwd = readFileSync("/etc/passwd", "utf8");
  const account = accountIn(passwd, "postgres") ?? accountIn(passwd, "nobody");
  if (account) return account;
  throw new StartFailure(
    "PostgreSQL refuses to run as root and there is no user postgres or nobody here: create one (useradd --system postgres) or start Latchkey as another user.",
  );
}

/** Whether the account may pass through every folder from the root to this one. */
export function reachable(folder: string, account: Account): boolean {
  for (let path = resolve(folder); ; path = dirname(path)) {
    const { mode, uid, gid } = statSync(path);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (dirname(path) === path) return true;
  }
}
