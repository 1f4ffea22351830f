import { type ChildProcess, spawn } from "node:child_process";
import { connect } from "node:net";
import { waitUntil } from "./wait-until";

/** A gateway that runs. */
export type Running = {
  readonly port: number;
  /** What it complained about so far: what a failing test wants to see. */
  log(): string;
  stop(): Promise<void>;
};

type Start = {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly port: number;
  /** Where it listens; left out: at 127.0.0.1. One is opened after the other, and who has the port at one need not have it at all. */
  readonly hosts?: readonly string[];
  readonly log: () => string;
  /** A file for what it prints, where it keeps no log of its own. */
  readonly output?: number;
  /** Takes away what it needed. */
  readonly remove: () => void;
};

/** Starts a program of the system's and waits until it listens. @returns null when somebody else has the port */
export async function startProgram(start: Start): Promise<Running | null> {
  const { program, args, env, port, hosts = ["127.0.0.1"], log, output, remove } = start;
  const child = spawn(program, args, {
    stdio: ["ignore", output ?? "ignore", output ?? "ignore"],
    env: { ...process.env, ...env },
  });
  const outcome = await readiness(program, child, () => acceptAt(hosts, port));
  if (outcome === "listening") return { port, log, stop: () => end(program, child, remove) };
  if (/address already in use/i.test(log())) return null;
  throw new Error(`${program} does not start: ${log()}`);
}

async function readiness(
  program: string,
  child: ChildProcess,
  accepts: () => Promise<boolean>,
): Promise<"listening" | "ended"> {
  let failed: Error | null = null;
  child.once("error", (error) => {
    failed = error;
  });
  return await waitUntil(`${program} listens`, async () => {
    if (failed)
      throw new Error(`${program} cannot be started. Install it: apt-get install ${program}`, { cause: failed });
    if (child.exitCode !== null) return "ended";
    return (await accepts()) ? "listening" : undefined;
  });
}

const acceptAt = async (hosts: readonly string[], port: number): Promise<boolean> =>
  (await Promise.all(hosts.map((host) => accepts(host, port)))).every((accepted) => accepted);

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

async function end(program: string, child: ChildProcess, remove: () => void): Promise<void> {
  child.kill("SIGTERM");
  const ended = () => (child.exitCode !== null || child.signalCode !== null ? true : undefined);
  await waitUntil(`${program} has ended`, ended);
  remove();
}
