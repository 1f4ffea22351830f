import { readdirSync, readFileSync } from "node:fs";

/** Clock ticks in /proc are hundredths of a second on Linux (getconf CLK_TCK). */
const MICROSECONDS_PER_TICK = 10_000;

/** A process, its children, theirs, and so on. */
export const familyOf = (pid: number): number[] => [pid, ...childrenOf(pid).flatMap(familyOf)];

const childrenOf = (pid: number): number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => Number(statOf(each)[1]) === pid);

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

/** Processor time of a process and its living children, in microseconds. */
export const cpuMicrosecondsOf = (pid: number): number =>
  familyOf(pid)
    .map(statOf)
    .reduce((sum, fields) => sum + Number(fields[11] ?? 0) + Number(fields[12] ?? 0), 0) * MICROSECONDS_PER_TICK;

/** Processor time of a process and its children, also of those that have ended meanwhile, in milliseconds. */
export function cpuMillisecondsOf(pid: number): number {
  const own = statOf(pid);
  const ended = Number(own[13] ?? 0) + Number(own[14] ?? 0);
  const living = childrenOf(pid).map(statOf);
  const ticks = living.reduce((sum, fields) => sum + Number(fields[11] ?? 0) + Number(fields[12] ?? 0), ended);
  return (ticks * MICROSECONDS_PER_TICK) / 1_000;
}

/** Processor time of a process and its living children, each of one thread, in microseconds: finer than ticks. */
export function processorTimeOf(pid: number): number {
  const nanoseconds = (each: number) => Number(readOf(`/proc/${each}/schedstat`).split(" ")[0]);
  return familyOf(pid).reduce((sum, each) => sum + nanoseconds(each), 0) / 1_000;
}

/** What a process and its children have of the machine's memory. */
export const residentMegabytesOf = (pid: number): number =>
  familyOf(pid)
    .map((each) => Number(/^VmRSS:\s+(\d+) kB/m.exec(readOf(`/proc/${each}/status`))?.[1] ?? 0))
    .reduce((sum, kilobytes) => sum + kilobytes, 0) / 1_024;
