import { Misuse } from "./misuse";

const MOST_BYTES = 64 * 1024;

/** Everything on stdin, as text. Nothing when it is a terminal: nobody said anything. */
export async function readStdin(): Promise<string> {
  if (process.stdin.isTTY) return "";
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin) {
    const part = Buffer.from(chunk);
    bytes += part.byteLength;
    if (bytes > MOST_BYTES) throw new Misuse("More than 64 KB came on stdin.");
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** One line of stdin without its end: a password, or the value of a header. */
export async function readLine(): Promise<string> {
  return (await readStdin()).replace(/\r?\n$/, "");
}

/** A password: from stdin, or from the keyboard without showing it. */
export async function readPassword(): Promise<string> {
  return process.stdin.isTTY ? typed("Password: ") : readLine();
}

const ENTER = /[\r\n]/;
const INTERRUPT = "\u0003";
const ERASE = /^[\b\u007f]$/;

function typed(prompt: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(prompt);
  stdin.setRawMode(true).setEncoding("utf8").resume();
  return new Promise((resolve, reject) => {
    let text = "";
    const end = (settle: () => void) => {
      stdin.setRawMode(false).pause().off("data", hear);
      stderr.write("\n");
      settle();
    };
    function hear(keys: string): void {
      for (const key of keys) {
        if (key === INTERRUPT) return end(() => reject(new Misuse("Interrupted.")));
        if (ENTER.test(key)) return end(() => resolve(text));
        text = ERASE.test(key) ? text.slice(0, -1) : text + key;
      }
    }
    stdin.on("data", hear);
  });
}
