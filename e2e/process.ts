import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { projectFolder } from "#server/project";
import { waitUntil } from "#test/upstreams/wait-until";

export type Running = {
  readonly pid: number;
  /** Everything it has printed so far. */
  printed(): string;
  exitCode(): number | null;
  signal(name: NodeJS.Signals): void;
  /** Ends it in order and waits until it has ended. */
  stop(): Promise<void>;
};

/**
 * Starts one of our programs as an operator would: `node FILE …`, with nothing in the environment but what is given.
 * @param logTo a file that all goes to which it says; it has then printed nothing
 */
export function startNode(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  logTo?: string | undefined,
): Running {
  const log = logTo === undefined ? "pipe" : openSync(logTo, "a");
  const child = spawn(process.execPath, [...args], {
    cwd: projectFolder(),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR, NODE_ENV: "production", ...env },
    stdio: ["ignore", log, log],
  });
  if (log !== "pipe") closeSync(log);
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
  }
  return {
    pid: child.pid ?? 0,
    printed: () => printed,
    exitCode: () => child.exitCode,
    signal: (name) => void child.kill(name),
    stop: () => end(child),
  };
}

async function end(child: ChildProcess): Promise<void> {
  const ended = () => (child.exitCode !== null || child.signalCode !== null ? true : undefined);
  child.kill("SIGCONT");
  child.kill("SIGINT"); // Ctrl-C ends without the lame duck
  await waitUntil("the process has ended", ended, 40_000);
}
