import { readdirSync, readFileSync } from "node:fs";
import { type Program, type TemporaryProject, temporaryProject } from "./temporary-project";
import { waitUntil } from "./upstreams/wait-until";

/** A verifier of several processes. */
export type Workers = Program & {
  readonly port: number;
  readonly grpcPort: number;
  readonly managementPort: number;
  /** The processes of its workers, at this moment. */
  readonly pids: () => number[];
};

export const verifierProject = (): Promise<TemporaryProject> => temporaryProject({ verifier: "server/verifier.ts" });

const portOf = (address: string): number => (address.startsWith("unix:") ? 0 : Number(new URL(address).port));

const childrenOf = (pid: number | undefined): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);

/** Whether a process is there and not just waiting to be noted as gone. */
export function lives(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/** The processes that run a program of a folder, whoever their parents are by now. */
export const processesIn = (folder: string): number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && commandOf(name).includes(folder))
    .map(Number);

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return ""; // gone meanwhile
  }
}

/** What a process listens to, without any of the test's own environment. */
const FREE = { VERIFIER_PORT: "0", MANAGEMENT_PORT: "0", GRPC_PORT: "0", VERIFIER_NAME: "v" };

/** Starts one with three workers; comes back when it is ready. */
export async function startWorkers(
  project: TemporaryProject,
  variables: Readonly<Record<string, string>>,
): Promise<Workers> {
  const program = project.run("verifier", { ...FREE, VERIFIER_WORKERS: "3", ...variables });
  const line = await waitUntil(
    "it is ready",
    () => {
      const { exitCode } = program.process;
      if (exitCode !== null) throw new Error(`It ended with ${exitCode}: ${program.said()}${program.complained()}`);
      return program
        .said()
        .split("\n")
        .find((each) => each.includes('"verifier.ready"'));
    },
    40_000,
  );
  const { verifier, grpc, management } = JSON.parse(line);
  return {
    ...program,
    ...{ port: portOf(verifier), grpcPort: portOf(grpc), managementPort: portOf(management) },
    pids: () => childrenOf(program.process.pid),
  };
}

/** What management answers. */
export async function manage({ managementPort }: Workers, path: string): Promise<{ status: number; body: string }> {
  const answer = await fetch(`http://127.0.0.1:${managementPort}${path}`);
  return { status: answer.status, body: await answer.text() };
}

/** A metric by worker, of one reason where one is named. */
export async function metric(of: Workers, name: string, reason?: string): Promise<Record<string, number>> {
  const { body } = await manage(of, "/metrics");
  const labels = reason === undefined ? "" : `,reason="${reason}"`;
  const found = body.matchAll(new RegExp(`^latchkey_${name}\\{worker="(\\d+)"${labels}\\} (\\S+)$`, "gm"));
  return Object.fromEntries([...found].map(([, worker = "", value]) => [worker, Number(value)]));
}

export const sumOf = (values: Record<string, number>): number =>
  Object.values(values).reduce((sum, each) => sum + each, 0);

/** Asks until every worker has allowed it: then all have the token in memory, and no answer is late any more. */
export async function knownToAll(of: Workers, ask: () => Promise<unknown>): Promise<void> {
  const before = await metric(of, "decisions_total", "allowed");
  await waitUntil(
    "every worker has allowed",
    async () => {
      await ask();
      const now = await metric(of, "decisions_total", "allowed");
      return [1, 2, 3].every((worker) => (now[worker] ?? 0) > (before[worker] ?? 0)) || undefined;
    },
    40_000,
  );
}
