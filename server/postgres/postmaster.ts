import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What PostgreSQL writes into `postmaster.pid`. `status` is `starting`, `stopping`, `ready` or `standby`. */
export type Postmaster = { readonly pid: number; readonly port: number; readonly status: string };

/**
 * Reads the text of a `postmaster.pid`: line 1 is the process, 4 the port, 8 the state
 * (PostgreSQL, src/include/utils/pidfile.h). Half-written is null.
 */
export function parsePostmaster(text: string): Postmaster | null {
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  const status = lines[7]?.trim() ?? "";
  return Number.isInteger(pid) && pid > 0 && Number.isInteger(port) && port > 0 && status
    ? { pid, port, status }
    : null;
}

/** The server that says of itself that it runs on this cluster; it may have died without taking its file along. */
export function readPostmaster(cluster: string): Postmaster | null {
  try {
    return parsePostmaster(readFileSync(join(cluster, "postmaster.pid"), "utf8"));
  } catch {
    return null; // no file: nobody
  }
}

/** Whether the process lives and is a PostgreSQL on this cluster: numbers of dead processes are given to others. */
export function runs(pid: number, cluster: string): boolean {
  if (existsSync("/proc/self/cmdline")) {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(cluster);
    } catch {
      return false;
    }
  }
  if (process.platform !== "win32") {
    return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout.includes(cluster);
  }
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
