import { isSecretField, redact } from "#lib/redaction";

const LEVELS = { debug: 10, info: 20, warn: 30, error: 40 } as const;

export type Level = keyof typeof LEVELS;

/** What a line says besides its sentence. Anything may be in it. */
export type Fields = Readonly<Record<string, unknown>>;

const DEPTH = 5;
const ENTRIES = 50;
const TEXT = 2_000;

/**
 * One line of the log: a JSON object, whatever is in the fields, and without anything that looks like a credential.
 * @param at epoch milliseconds
 * @param event a short name that does not change (`portal.ready`)
 */
export function logLine(at: number, level: Level, event: string, fields: Fields = {}): string {
  const time = new Date(at).toISOString();
  return JSON.stringify({ time, level, event: redact(event), ...readable(fields) });
}

/** The same for a person who looks at a terminal. */
export function prettyLine(at: number, level: Level, event: string, fields: Fields = {}): string {
  const rest = Object.entries(readable(fields)).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return [new Date(at).toISOString().slice(11, 19), level.toUpperCase().padEnd(5), redact(event), ...rest].join(" ");
}

/** The fields as plain data. Objects can be made to throw when they are read: that must not cost us the line. */
function readable(fields: Fields): Record<string, unknown> {
  try {
    return plainObject(fields, 0, new Set());
  } catch {
    return { unreadable: true };
  }
}

function plain(value: unknown, depth: number, above: Set<object>): unknown {
  if (typeof value === "string") return safe(value);
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value !== "object") return safe(String(value));
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "no date" : value.toISOString();
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`;
  if (depth >= DEPTH || above.has(value)) return "…";
  const around = new Set(above).add(value);
  if (value instanceof Error) return plainError(value, depth, around);
  if (Array.isArray(value)) return value.slice(0, ENTRIES).map((each) => plain(each, depth + 1, around));
  if (value instanceof Map) return plainObject(Object.fromEntries(value), depth + 1, around);
  if (value instanceof Set) return [...value].slice(0, ENTRIES).map((each) => plain(each, depth + 1, around));
  return plainObject(value, depth + 1, around);
}

function plainObject(source: object, depth: number, above: Set<object>): Record<string, unknown> {
  const reserved = depth === 0 ? ["time", "level", "event"] : [];
  return Object.fromEntries(
    Object.keys(source)
      .slice(0, ENTRIES)
      .map((name) => {
        const shown = safe(name);
        const key = reserved.includes(shown) ? `${shown}_` : shown;
        return [key, isSecretField(name) ? "[redacted]" : plain(Reflect.get(source, name), depth, above)];
      }),
  );
}

function plainError(error: Error, depth: number, above: Set<object>): Record<string, unknown> {
  const stack = typeof error.stack === "string" ? error.stack.split("\n").slice(0, 12).join("\n") : undefined;
  return {
    name: safe(String(error.name)),
    message: safe(String(error.message)),
    ...("code" in error ? { code: plain(error.code, depth + 1, above) } : {}),
    ...(stack ? { stack: safe(stack) } : {}),
    ...(error.cause === undefined ? {} : { cause: plain(error.cause, depth + 1, above) }),
  };
}

/** Without credentials and not too long; what is cut off anyway need not be searched. */
function safe(text: string): string {
  const clean = redact(text.slice(0, 2 * TEXT));
  return clean.length > TEXT ? `${clean.slice(0, TEXT)}…` : clean;
}

export type Log = Readonly<Record<Level, (event: string, fields?: Fields) => void>>;

type Output = { readonly write: (text: string) => unknown; readonly isTTY?: boolean };

/**
 * A log that writes lines of at least a level: JSON, or readable lines on a terminal.
 * @param now the clock, epoch milliseconds
 */
export function createLog(least: Level, output: Output, now: () => number): Log {
  const format = output.isTTY ? prettyLine : logLine;
  const writer = (level: Level) => (event: string, fields?: Fields) => {
    if (LEVELS[level] >= LEVELS[least]) output.write(`${format(now(), level, event, fields)}\n`);
  };
  return { debug: writer("debug"), info: writer("info"), warn: writer("warn"), error: writer("error") };
}

function levelOf(name: string | undefined): Level {
  return name === "debug" || name === "warn" || name === "error" ? name : "info";
}

let shared: Log | undefined;
const current = (): Log => {
  shared ??= createLog(levelOf(process.env.LOG_LEVEL), process.stdout, Date.now);
  return shared;
};

/** The log of this process, on stdout, at LOG_LEVEL. */
export const log: Log = {
  debug: (event, fields) => current().debug(event, fields),
  info: (event, fields) => current().info(event, fields),
  warn: (event, fields) => current().warn(event, fields),
  error: (event, fields) => current().error(event, fields),
};

/** Sends the log of this process elsewhere: the command line's stdout belongs to its answer. */
export function logTo(output: Output): void {
  shared = createLog(levelOf(process.env.LOG_LEVEL), output, Date.now);
}
