import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { projectFolder } from "#server/project";
import type { TestInstallation } from "./installation";

export type Ran = {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What was printed, read as JSON: the answer, or where there is none the problem. */
  readonly said: Record<string, unknown>;
};

type Input = { readonly stdin?: string | Uint8Array; readonly env?: Readonly<Record<string, string>> };

/** Runs the bundled command line. */
export type CommandLine = (args: readonly string[], input?: Input) => Promise<Ran>;

async function run(program: string, args: readonly string[], { stdin = "", env = {} }: Input): Promise<Ran> {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [program, ...args], {
    cwd: projectFolder(),
    env: { NODE_ENV: "production", PATH, HOME, TZ: "Australia/Lord_Howe", ...env },
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  child.stdin.on("error", () => undefined); // who reads no more than it wants closes early
  child.stdin.end(stdin);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [line = ""] = (stdout || stderr).trim().split("\n").slice(-1);
  return { status: await ended, stdout, stderr, said: line.startsWith("{") ? JSON.parse(line) : {} };
}

/** Bundles the command line if it is not of today; of several test files at once one does. */
export async function bundled(): Promise<(env: Readonly<Record<string, string>>) => CommandLine> {
  const built = await run("cli/start.mjs", ["--help"], {});
  if (built.status !== 0) throw new Error(built.stderr);
  return (env) => (args, input) => run("dist/latchkey.mjs", args, { ...input, env: { ...env, ...input?.env } });
}

/** The command line on an installation of a test. */
export async function commandLineOf({ database }: TestInstallation): Promise<CommandLine> {
  const { LATCHKEY_SECRET = "", LATCHKEY_URL = "" } = process.env;
  const open = await bundled();
  return open({ DATABASE_URL: database.portalUrl, LATCHKEY_SECRET, LATCHKEY_URL });
}
