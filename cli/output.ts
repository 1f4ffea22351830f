import type { Problem } from "#lib/errors/problem";

type Stream = { readonly isTTY?: boolean; readonly write: (text: string) => unknown };

// One line for programs, several for people.
const print = (stream: Stream, content: object): void => {
  stream.write(`${JSON.stringify(content, null, stream.isTTY ? 2 : 0)}\n`);
};

export const printAnswer = (answer: object): void => print(process.stdout, answer);

export const printProblem = (problem: Problem): void => print(process.stderr, problem);
