import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, constants, mkdirSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { freePort } from "#server/free-port";
import { projectFolder } from "#server/project";
import { waitUntil } from "#test/upstreams/wait-until";
import { type Replacement, replacedText } from "./replaced-text";

/** A verifier as a process of its own, and what can be done to it. */
export type VerifierProcess = {
  readonly name: string;
  readonly pid: number;
  readonly port: number;
  readonly grpcPort: number;
  readonly managementPort: number;
  signal(name: NodeJS.Signals): void;
  /** Kills it, and waits until it is gone. */
  kill(): Promise<void>;
  ended(): Promise<number | null>;
};

/** The verifier's program, built from today's sources. */
export type VerifierProgram = {
  /** @param logTo a file that its log goes to; nowhere where none is named */
  start(name: string, env: Readonly<Record<string, string>>, logTo?: string): Promise<VerifierProcess>;
  close(): Promise<void>;
};

/** @param replaced mistakes that it is built with */
export async function buildVerifier(replaced: readonly Replacement[] = []): Promise<VerifierProgram> {
  // Beside the packages, which the bundle does not hold.
  const cache = join(projectFolder(), "node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "latchkey-faults-"));
  const outfile = join(folder, "verifier.mjs");
  await build({
    ...{ entryPoints: [join(projectFolder(), "server/verifier.ts")], outfile, logLevel: "error" },
    ...{ bundle: true, packages: "external", platform: "node", format: "esm", target: "node20" },
    plugins: [replacedText(replaced)],
  });
  const running: VerifierProcess[] = [];
  return {
    async start(name, env, logTo = "/dev/null") {
      const started = await startOne(outfile, name, env, logTo);
      running.push(started);
      return started;
    },
    async close() {
      for (const each of running) await each.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startOne(
  file: string,
  name: string,
  env: Readonly<Record<string, string>>,
  logTo: string,
): Promise<VerifierProcess> {
  const [port, grpcPort, management] = [await freePort(), await freePort(), await freePort()];
  const ports = { VERIFIER_PORT: String(port), MANAGEMENT_PORT: String(management), GRPC_PORT: String(grpcPort) };
  const own = { VERIFIER_NAME: name, ...ports };
  const log = openSync(logTo, constants.O_WRONLY | constants.O_APPEND);
  const child = spawn(process.execPath, [file], {
    stdio: ["ignore", log, log],
    env: { PATH: process.env.PATH, NODE_ENV: "test", ...own, ...env },
  });
  closeSync(log);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  await waitUntil(`${name} lives`, async () => {
    if (hasEnded()) throw new Error(`${name} ended at its start`);
    return (await lives(management)) || undefined;
  });
  return {
    ...{ name, pid: child.pid ?? 0, port, grpcPort, managementPort: management },
    signal: (signal) => void child.kill(signal),
    kill: async () => {
      if (!hasEnded()) child.kill("SIGKILL");
      await waitUntil(`${name} is gone`, () => hasEnded() || undefined);
    },
    ended: () => codeOf(child),
  };
}

async function codeOf(child: ChildProcess): Promise<number | null> {
  await waitUntil("it has ended", () => child.exitCode !== null || child.signalCode !== null || undefined, 40_000);
  return child.exitCode;
}

const lives = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/livez`).then(
    ({ ok }) => ok,
    () => false,
  );
