import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectFolder } from "#server/project";
import { asLoad } from "./command";
import type { Subject } from "./subject";

const run = promisify(execFile);

/** What is sent: a request with a place for the secret, and the secrets that take turns there. */
export type Traffic = {
  readonly file: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
};

/** One measurement. Latencies in microseconds as wrk sees them with every connection busy. */
export type Measured = {
  readonly subject: string;
  /** Answers that were right; what was refused in time (503 on a machine with too much to do) counts for nothing. */
  readonly requestsPerSecond: number;
  /** All answers, right or wrong. */
  readonly answersPerSecond: number;
  readonly errors: number;
  readonly cpuMicrosecondsPerRequest: number;
  readonly p50: number;
  readonly p99: number;
};

export const CONNECTIONS = 32;

/** Writes down what `load.lua` sends: two lines around the secret, then the secrets. */
export function makeTraffic(
  folder: string,
  name: string,
  secrets: readonly string[],
  headers: Record<string, string>,
  path: string,
): Traffic {
  const lines = Object.entries(headers)
    .map(([header, value]) => `${header}: ${value}\\r\\n`)
    .join("");
  const file = join(folder, `${name}.traffic`);
  const head = `GET ${path} HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\n${lines}X-Api-Token: `;
  writeFileSync(file, [head, "\\r\\n\\r\\n", ...secrets, ""].join("\n"));
  return { file, path, headers, secrets };
}

let turn = 0;

/**
 * Full load on 32 connections from another process, on another core. A run in which nothing was answered (something else
 * had the machine) is done again, three times at most.
 */
export async function measure(subject: Subject, traffic: Traffic, seconds: number, tries = 3): Promise<Measured> {
  const measured = await load(subject, traffic, seconds);
  if (measured.requestsPerSecond > 0) return measured;
  if (tries <= 1) throw new Error(`${subject.name} gives no right answer at all: ${measured.errors} errors`);
  return measure(subject, traffic, seconds, tries - 1);
}

/** One such run, whatever is answered. */
export async function load(subject: Subject, traffic: Traffic, seconds: number): Promise<Measured> {
  const script = join(projectFolder(), "bench", "load.lua");
  turn = (turn + 7_919) % traffic.secrets.length;
  const cpuBefore = subject.cpuMicroseconds();
  const [program = "", ...args] = asLoad([
    ...["wrk", "--threads", "1", "--connections", String(CONNECTIONS), "--duration", `${seconds}s`, "--script", script],
    ...[subject.url, "--", traffic.file, String(turn)],
  ]);
  const { stdout } = await run(program, args, { maxBuffer: 1e7 });
  const result: { requests: number; microseconds: number; errors: number; p50: number; p99: number } = JSON.parse(
    /^RESULT (.*)$/m.exec(stdout)?.[1] ?? "null",
  );
  if (!result) throw new Error(`wrk says nothing about ${subject.name}:\n${stdout}`);
  return {
    subject: subject.name,
    requestsPerSecond: ((result.requests - result.errors) * 1e6) / result.microseconds,
    answersPerSecond: (result.requests * 1e6) / result.microseconds,
    errors: result.errors,
    cpuMicrosecondsPerRequest: (subject.cpuMicroseconds() - cpuBefore) / Math.max(result.requests, 1),
    p50: result.p50,
    p99: result.p99,
  };
}

/**
 * Open loop: so many requests a second whatever the answers take, and latency counted from when each was due.
 * @returns the 99th percentile in milliseconds
 */
export async function measureAt(
  subject: Subject,
  traffic: Traffic,
  perSecond: number,
  seconds: number,
): Promise<number> {
  const headers = Object.entries({ ...traffic.headers, "X-Api-Token": traffic.secrets[0] ?? "" });
  const [program = "", ...args] = asLoad([
    ...[process.execPath, join(projectFolder(), "node_modules/autocannon/autocannon.js"), "--json", "--no-progress"],
    ...[
      "--connections",
      String(CONNECTIONS),
      "--duration",
      String(seconds),
      "--overallRate",
      String(Math.round(perSecond)),
    ],
    ...headers.flatMap(([name, value]) => ["--headers", `${name}=${value}`]),
    `${subject.url}${traffic.path}`,
  ]);
  const { stdout } = await run(program, args, { maxBuffer: 1e7 });
  const result: { latency: { p99: number } } = JSON.parse(stdout);
  return result.latency.p99;
}
