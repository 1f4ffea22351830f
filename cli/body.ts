import { readFileSync } from "node:fs";
import { Misuse } from "./misuse";
import { type Options, required, said, textOf } from "./options";
import { readStdin } from "./stdin";

async function jsonOf(file: string): Promise<Readonly<Record<string, unknown>>> {
  let text: string;
  try {
    text = file === "-" ? await readStdin() : readFileSync(file, "utf8");
  } catch (thrown) {
    throw new Misuse(`${file} cannot be read: ${thrown instanceof Error ? thrown.message : thrown}`);
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Misuse(`${file === "-" ? "What came on stdin" : file} is not valid JSON.`);
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw new Misuse("The body is a JSON object.");
  return { ...body };
}

/**
 * The body of what is to be made: that of `--json`, and over it what the other options say.
 * @param needed options that cannot be left out when there is no `--json`
 */
export async function bodyOf(
  options: Options,
  needed: readonly string[],
  fields: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const file = textOf(options, "json");
  if (file === undefined) {
    required(options, ...needed);
    return said(fields);
  }
  return { ...(await jsonOf(file)), ...said(fields) };
}
