import { resolve } from "node:path";

/** A file as the operator means it: npm runs us in the project's folder and keeps theirs in INIT_CWD. */
export function pathFrom(path: string): string {
  const { npm_lifecycle_event: script, INIT_CWD: folder } = process.env;
  return resolve(script === "latchkey" && folder ? folder : process.cwd(), path);
}
