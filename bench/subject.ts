import { type ChildProcess, spawn } from "node:child_process";
import { waitFor } from "#server/wait";
import { type Cores, placed } from "./command";
import { cpuMicrosecondsOf, residentMegabytesOf } from "./processes";

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

/** A server that is up says so at once. */
const UP_MS = 10_000;

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
    cpuMicroseconds: () => cpuMicrosecondsOf(child.pid ?? 0),
    residentMegabytes: () => residentMegabytesOf(child.pid ?? 0),
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

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const ended = await waitFor(() => (child.exitCode !== null || child.signalCode !== null ? true : undefined), 40_000);
  if (!ended) child.kill("SIGKILL");
}
