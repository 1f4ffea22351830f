import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { projectFolder } from "#server/project";

export type CliResult = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

/** Runs the command line as an operator does beside a running installation. */
export async function cli(
  env: Readonly<Record<string, string>>,
  args: readonly string[],
  stdin = "",
): Promise<CliResult> {
  const child = spawn(process.execPath, ["dist/latchkey.mjs", ...args], {
    cwd: projectFolder(),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: "production", ...env },
  });
  child.stdin.end(stdin);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const status = await new Promise<number | null>((resolve) => {
    if (child.exitCode !== null) resolve(child.exitCode);
    else child.once("exit", resolve);
  });
  return { status, stdout, stderr };
}

/** The same where it has to succeed. @returns the object that it printed */
export async function runCli(
  env: Readonly<Record<string, string>>,
  args: readonly string[],
  stdin = "",
): Promise<Record<string, unknown>> {
  const done = await cli(env, args, stdin);
  if (done.status !== 0) throw new Error(`latchkey ${args.join(" ")}: ${done.status} ${done.stderr}`);
  return JSON.parse(done.stdout);
}
