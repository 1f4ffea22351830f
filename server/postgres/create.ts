import { spawn } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { StartFailure } from "#server/start-failure";
import type { Account } from "./account";
import type { Place } from "./place";

/** Passwords of the roles of an embedded database. `admin` is the superuser, used to make the roles and to hold locks. */
export type Passwords = {
  readonly admin: string;
  readonly owner: string;
  readonly portal: string;
  readonly verifier: string;
  /** Derived, because clusters of before it have no place for it. */
  readonly retention: string;
};

type Kept = Omit<Passwords, "retention">;

const INITDB = [
  "--username=postgres",
  "--encoding=UTF8",
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  "--locale=C.UTF-8",
  "--auth=scram-sha-256",
  "--no-instructions",
];

/** Environment of PostgreSQL's own programs: nothing of ours, so that neither locale nor PG* variables change them. */
export const POSTGRES_ENVIRONMENT: NodeJS.ProcessEnv = {
  NODE_ENV: "production",
  PATH: process.env.PATH,
  LC_ALL: "C",
  TZ: "UTC",
};

/**
 * Makes the cluster unless it is there, completely or not at all: killed half-way, it leaves only a draft to sweep up.
 * @param durable wait until it is on the disk
 */
export async function createCluster(place: Place, binaries: string, durable: boolean): Promise<void> {
  if (existsSync(place.cluster)) return;
  sweepDrafts(place.home);
  const draft = `${place.home}.new-${process.pid}`;
  mkdirSync(draft, { recursive: true });
  chmodSync(draft, place.account ? 0o711 : 0o700);
  const passwords: Kept = { admin: secret(), owner: secret(), portal: secret(), verifier: secret() };
  writeFileSync(join(draft, "access.json"), `${JSON.stringify(passwords)}\n`, { mode: 0o600 });
  mkdirSync(join(draft, "cluster"), { mode: 0o700 });
  const passwordFile = join(draft, "password");
  writeFileSync(passwordFile, passwords.admin, { mode: 0o600 });
  if (place.account) {
    chownSync(join(draft, "cluster"), place.account.uid, place.account.gid);
    chownSync(passwordFile, place.account.uid, place.account.gid);
  }
  const options = [...INITDB, ...(durable ? [] : ["--no-sync"]), `--pwfile=${passwordFile}`];
  await initialise(join(binaries, "initdb"), options, join(draft, "cluster"), place.account);
  rmSync(passwordFile);
  try {
    renameSync(draft, place.home);
  } catch (thrown) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(place.cluster)) throw thrown; // otherwise another start was quicker
  }
}

/** The passwords of the cluster in this place. */
export function readPasswords(place: Place): Passwords {
  const kept: Kept = JSON.parse(readFileSync(join(place.home, "access.json"), "utf8"));
  return { ...kept, retention: createHmac("sha256", kept.owner).update("retention").digest("base64url") };
}

const secret = (): string => randomBytes(24).toString("base64url");

function sweepDrafts(home: string): void {
  const prefix = `${basename(home)}.new-`;
  for (const name of readdirSync(dirname(home))) {
    if (name.startsWith(prefix) && !alive(Number(name.slice(prefix.length)))) {
      rmSync(join(dirname(home), name), { recursive: true, force: true });
    }
  }
}

function alive(pid: number): boolean {
  try {
    return pid !== process.pid && process.kill(pid, 0);
  } catch {
    return false;
  }
}

function initialise(
  program: string,
  options: readonly string[],
  cluster: string,
  account: Account | null,
): Promise<void> {
  const child = spawn(program, [...options, `--pgdata=${cluster}`], {
    cwd: dirname(cluster),
    env: POSTGRES_ENVIRONMENT,
    stdio: ["ignore", "ignore", "pipe"],
    ...account,
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-2_000);
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else
        reject(
          new StartFailure(
            `The embedded PostgreSQL could not be set up in ${cluster}: ${said.trim().split("\n").at(-1) ?? code}`,
          ),
        );
    });
  });
}
