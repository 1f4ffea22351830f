import { createReadStream } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { ok, type Result, refuse } from "#lib/errors/error";
import { pathFrom } from "./path-from";
import { readHidden } from "./terminal";

/** As much as REST reads of a body. */
const MOST_BYTES = 64 * 1024;

async function readBounded(stream: AsyncIterable<Uint8Array>): Promise<Result<string>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) return refuse("too_large", "Send at most 64 KB.");
    chunks.push(chunk);
  }
  try {
    return ok(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    return refuse("malformed", "The input is not valid UTF-8.");
  }
}

/**
 * Reads what nobody else may see from stdin: never an argument, which everybody on the machine can list. On a terminal
 * it asks for it and shows nothing. One line end at its end does not belong to it.
 * @param what is asked for, as the beginning of a sentence
 */
export async function readSecret(what: string): Promise<Result<string>> {
  if (process.stdin.isTTY) return ok(await readHidden(`${what} (it is not shown), then Enter: `));
  const text = await readBounded(process.stdin);
  return text.ok ? ok(text.value.replace(/\r?\n$/, "")) : text;
}

async function readJson(source: string): Promise<Result<unknown>> {
  if (source === "-" && process.stdin.isTTY) process.stderr.write("The JSON, then Ctrl-D on a line of its own:\n");
  const text = await (source === "-" ? readBounded(process.stdin) : readFile(source));
  if (!text.ok) return text;
  try {
    return ok(JSON.parse(text.value));
  } catch {
    return refuse("malformed", `What ${source === "-" ? "stdin" : source} holds is not valid JSON.`);
  }
}

async function readFile(path: string): Promise<Result<string>> {
  try {
    return await readBounded(createReadStream(pathFrom(path)));
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message.replace(/,.*$/, "") : "";
    return refuse("malformed", `The file ${path} cannot be read (${why}).`);
  }
}

const isSaid = (value: unknown): boolean => value !== undefined && !(Array.isArray(value) && value.length === 0);

/**
 * The body of a REST request: from JSON, from options, or from both where they do not contradict each other.
 * @param json a file, `-` for stdin, or undefined
 * @param fields from the options; what is undefined or empty was not said
 * @returns `malformed` for what is no JSON object, or says one thing here and another there
 */
export async function readBody(
  json: string | undefined,
  fields: Readonly<Record<string, unknown>>,
): Promise<Result<Record<string, unknown>>> {
  const said = Object.fromEntries(Object.entries(fields).filter(([, value]) => isSaid(value)));
  if (json === undefined) return ok(said);
  const read = await readJson(json);
  if (!read.ok) return read;
  if (typeof read.value !== "object" || read.value === null || Array.isArray(read.value)) {
    return refuse("malformed", "The JSON must be one object, like the body of the REST request.");
  }
  const body: Record<string, unknown> = { ...read.value };
  for (const [name, value] of Object.entries(said)) {
    if (Object.hasOwn(body, name) && !isDeepStrictEqual(body[name], value)) {
      return refuse("malformed", `The JSON and the options say different things about ${name}: say it once.`);
    }
  }
  return ok({ ...body, ...said });
}
