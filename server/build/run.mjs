import { spawn } from "node:child_process";

const KEPT_LINES = 40;

/**
 * Runs a program quietly to its end; what it said is shown only when it fails.
 * @param {string} what is being done, for the sentence of the failure
 */
export function run(what, command, args, env = {}) {
  const child = spawn(command, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
    shell: process.platform === "win32" && command === "npm",
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      said = (said + text).slice(-20_000);
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", (error) => reject(new Error(`${what} failed: ${error.message}.`)));
    child.once("close", (code, signal) => {
      if (code === 0) return resolve();
      process.stderr.write(`${said.trimEnd().split("\n").slice(-KEPT_LINES).join("\n")}\n`);
      reject(new Error(`${what} failed (${signal ?? `status ${code}`}): see above, mend it, and start again.`));
    });
  });
}
