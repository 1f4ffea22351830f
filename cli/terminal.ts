import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

/** Asks on stderr (stdout belongs to the answer) and reads one line that is not shown while it is typed. */
export async function readHidden(question: string): Promise<string> {
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silence, terminal: true });
  process.stderr.write(question);
  try {
    return await lines.question("");
  } finally {
    lines.close();
    process.stderr.write("\n");
  }
}
