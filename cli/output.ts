import { randomUUID } from "node:crypto";
import { env } from "#lib/env";
import type { Refusal } from "#lib/errors/error";
import { type Problem, problemOf, UNEXPECTED } from "#lib/errors/problem";

// stdout is for the answer alone: whatever else this process writes there (its log) goes to stderr.
const answer = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);

/** Prints the answer: JSON on stdout. */
export function print(value: object): void {
  answer(`${JSON.stringify(value, null, 2)}\n`);
}

function complain(problem: Problem): void {
  process.stderr.write(`${JSON.stringify(problem, null, 2)}\n`);
  process.exitCode = 1;
}

/** Prints why it was refused: a problem (RFC 9457) on stderr, status 1. */
export function printRefusal(refusal: Refusal): void {
  complain(problemOf(refusal, env().url, randomUUID()));
}

/** Prints that something went wrong which nobody foresaw. */
export function printUnexpected(detail: string): void {
  complain({ ...UNEXPECTED, detail, requestId: randomUUID() });
}
