import { createInterface } from "node:readline";
import { Writable } from "node:stream";

const INTERRUPTED = 130;

/** Asks on stderr (stdout belongs to the answer) and reads one line that is not shown while it is typed. */
export function readHidden(question: string): Promise<string> {
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silence, terminal: true });
  process.stderr.write(question);
  return new Promise((resolve) => {
    let typed = "";
    lines.once("line", (line) => {
      typed = line;
      lines.close();
    });
    lines.once("SIGINT", () => process.exit(INTERRUPTED)); // nothing has been opened yet
    lines.once("close", () => {
      process.stderr.write("\n");
      resolve(typed);
    });
  });
}
