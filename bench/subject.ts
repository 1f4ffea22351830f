import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { projectFolder } from "#server/project";
import { waitFor } from "#server/wait";

/** A server under measurement, in a process of its own on a core of its own. */
export type Subject = {
  readonly name: string;
  readonly url: string;
  /** Processor time that it and its children took since they started, in microseconds. */
  cpuMicroseconds(): number;
  residentMegabytes(): number;
  /** The last that it has printed. */
  printed(): string;
  /** Sends it a signal. @returns the first line of this kind that it prints from then on */
  answerTo(signal: NodeJS.Signals, line: RegExp): Promise<string>;
  stop(): Promise<void>;
};

/** Where a server runs: on cores of its own, or wherever there is room. */
export type Cores = "first" | "first two" | "any";

/** Clock ticks in /proc are hundredths of a second on Linux (getconf CLK_TCK). */
const MICROSECONDS_PER_TICK = 10_000;
/** A server that is up says so at once. */
const UP_MS = 10_000;
/** The server has the first core (or the first two), the load generator the next one that there is. */
const PINNED = availableParallelism() > 1 && process.platform === "linux";
const pinnedTo = (cores: string, command: readonly string[]): string[] =>
  PINNED ? ["taskset", "-c", cores, ...command] : [...command];
const placed = (cores: Cores, command: readonly string[]): string[] =>
  cores === "any" ? [...command] : pinnedTo(cores === "first" ? "0" : "0,1", command);

/** A command on the server's core. */
export const asServer = (command: readonly string[]): string[] => placed("first", command);

/** A command of the load generator, on its core. */
export const asLoad = (command: readonly string[]): string[] =>
  pinnedTo(availableParallelism() > 2 ? "2" : "1", command);

/**
 * Starts a server and waits until it has said where it listens.
 * @param command program and arguments
 * @param env added to the environment
 * @param urlIn says the address once it listens, from what the program has printed so far or otherwise
 */
export async function startSubject(
  name: string,
  command: readonly string[],
  env: Record<string, string>,
  urlIn: (printed: string) => string | undefined | Promise<string | undefined> = (printed) =>
    /^listening (http\S+)$/m.exec(printed)?.[1],
  cores: Cores = "first",
): Promise<Subject> {
  const [program = "", ...args] = placed(cores, command);
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-20_000);
    });
  }
  const url = await waitFor(() => (child.exitCode === null ? urlIn(printed) : ""), 60_000);
  if (!url) {
    await end(child);
    throw new Error(`${name} does not start:\n${printed}`);
  }
  return {
    name,
    url,
    cpuMicroseconds: () => familyOf(child.pid ?? 0).reduce((sum, pid) => sum + ticksOf(pid), 0) * MICROSECONDS_PER_TICK,
    residentMegabytes: () => familyOf(child.pid ?? 0).reduce((sum, pid) => sum + residentOf(pid), 0) / 1024,
    printed: () => printed,
    answerTo: async (signal, line) => {
      printed = "";
      child.kill(signal);
      const answer = await waitFor(() => line.exec(printed)?.[0], 60_000);
      if (answer === undefined) throw new Error(`${name} does not answer to ${signal}`);
      return answer;
    },
    stop: () => end(child),
  };
}

/** Says this address as soon as another one of the same server answers well. */
export const upAt = (question: string, url: string) => async (): Promise<string | undefined> => {
  try {
    return (await fetch(question, { signal: AbortSignal.timeout(UP_MS) })).ok ? url : undefined;
  } catch {
    return undefined;
  }
};

/** One of our programs, by its file in dist. */
export const ourProgram = (...file: readonly string[]): string[] => [
  process.execPath,
  join(projectFolder(), "dist", ...file),
];

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const ended = await waitFor(() => (child.exitCode !== null || child.signalCode !== null ? true : undefined), 40_000);
  if (!ended) child.kill("SIGKILL");
}

export function familyOf(pid: number): number[] {
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => Number(statOf(each)[1]) === pid);
  return [pid, ...children.flatMap(familyOf)];
}

/** Fields of /proc/PID/stat after the name: state, parent, … (proc(5)). */
function statOf(pid: number): string[] {
  const text = readOf(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

function readOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // it has just ended
  }
}

const ticksOf = (pid: number): number => Number(statOf(pid)[11] ?? 0) + Number(statOf(pid)[12] ?? 0);

/** Processor time of a process and its children, also of those that have ended meanwhile, in milliseconds. */
export function cpuMillisecondsOf(pid: number): number {
  const own = statOf(pid);
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((each) => statOf(Number(each)))
    .filter((fields) => Number(fields[1]) === pid);
  const ended = Number(own[13] ?? 0) + Number(own[14] ?? 0);
  const ticks = children.reduce((sum, fields) => sum + Number(fields[11]) + Number(fields[12]), ended);
  return (ticks * MICROSECONDS_PER_TICK) / 1_000;
}

/** Processor time of a process and its living children, each of one thread, in microseconds: finer than ticks. */
export function processorTimeOf(pid: number): number {
  const nanoseconds = (each: number) => Number(readOf(`/proc/${each}/schedstat`).split(" ")[0]);
  return familyOf(pid).reduce((sum, each) => sum + nanoseconds(each), 0) / 1_000;
}

function residentOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readOf(`/proc/${pid}/status`))?.[1] ?? 0);
}
