// Everything that a run starts, and how to be rid of it: after the last test, after a failure, after Ctrl-C.
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const groups = new Set();
let folder = "";

/** The folder of this run. All that the tests start puts its files there, because it is their TMPDIR. */
export function runFolder() {
  if (folder === "") {
    folder = mkdtempSync(join(tmpdir(), "latchkey-run-"));
    chmodSync(folder, 0o711); // PostgreSQL and nginx run as users of their own
  }
  return folder;
}

/**
 * Runs a program to its end, its output with ours, in a process group of its own.
 * @returns {Promise<number>} its exit status
 */
export function run(command, args, env = {}) {
  const child = spawn(command, args, {
    stdio: ["ignore", "inherit", "inherit"],
    detached: true,
    env: { ...process.env, TMPDIR: runFolder(), ...env },
  });
  groups.add(child.pid);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      groups.delete(child.pid);
      resolve(code ?? 1);
    });
  });
}

/** Ends what still runs and removes the folder of this run. Safe to call twice. */
export function cleanUp() {
  for (const group of groups) signal(-group, "SIGKILL");
  groups.clear();
  if (folder === "") return;
  for (const pid of leftBehind(folder)) signal(pid, "SIGKILL");
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  folder = "";
}

/** The pids in the pid files of programs that detached themselves (PostgreSQL, nginx). */
function leftBehind(root) {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".pid"))
    .map((entry) => Number.parseInt(readFileSync(join(entry.parentPath ?? entry.path, entry.name), "utf8"), 10))
    .filter((pid) => pid > 1);
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // it has ended by itself
  }
}

/** Cleans up on whatever ends this process. */
export function cleanUpAtExit() {
  process.once("exit", cleanUp);
  for (const [name, status] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ]) {
    process.once(name, () => process.exit(status));
  }
}
