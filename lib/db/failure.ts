import { Prisma } from "./generated/client";

// Deadlock, serialisation failure, lock timeout: the transaction did nothing and may be tried again.
const REPEATABLE = new Set(["40P01", "40001", "55P03"]);
// Connection lost or refused, server starting or shutting down, out of connections, memory or disk, a server that takes
// no writes, one that waited too long for a process which stood still, a statement that an operator ended, a disk that
// fails, a database that is being put in another's place (or lets nobody in meanwhile).
const GONE = /^(08|57P0|53|25006|25P03|57014|58|3D000|28)/;
const GONE_PRISMA = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028"]);
const GONE_SOCKET = new Set(
  "ECONNREFUSED ECONNRESET ECONNABORTED EPIPE ETIMEDOUT ENOTFOUND EAI_AGAIN EHOSTUNREACH ENETUNREACH".split(" "),
);
// What Prisma's driver makes of a socket's error before anybody has put a code on it; at a COMMIT nobody does.
const GONE_KINDS = new Set(["ConnectionClosed", "DatabaseNotReachable", "SocketTimeout", "TlsConnectionError"]);
const GONE_WORDS =
  /timeout exceeded when trying to connect|Query read timeout|Connection terminated|is not queryable|not currently accepting connections/;

/** Reads a property of something thrown, whatever it is. */
function property(thing: unknown, name: string): unknown {
  return typeof thing === "object" && thing !== null ? Reflect.get(thing, name) : undefined;
}

/** The errors inside an error: Prisma wraps the driver's, which wraps PostgreSQL's. */
function* nested(error: unknown, depth = 0): Generator<unknown> {
  if (error === undefined || error === null || depth > 5) return;
  yield error;
  yield* nested(property(error, "cause"), depth + 1);
  yield* nested(property(error, "meta"), depth + 1);
  yield* nested(property(error, "driverAdapterError"), depth + 1);
}

/** Every code that Prisma, the driver or PostgreSQL (SQLSTATE) has put on an error. */
export function codesOf(error: unknown): string[] {
  return [...nested(error)]
    .flatMap((each) => [property(each, "code"), property(each, "originalCode")])
    .filter((code) => typeof code === "string");
}

/** Whether the same transaction may simply be run again (deadlock, lock timeout, serialisation failure). */
export function isRepeatable(error: unknown): boolean {
  return codesOf(error).some((code) => REPEATABLE.has(code) || code === "P2034");
}

/** Whether the database is away, as opposed to having refused what it was asked. */
export function isUnavailable(error: unknown): boolean {
  if (codesOf(error).some((code) => GONE.test(code) || GONE_PRISMA.has(code) || GONE_SOCKET.has(code))) return true;
  return [...nested(error)].some((each) => {
    const [kind, message] = [property(each, "kind"), property(each, "message")];
    return (
      (typeof kind === "string" && GONE_KINDS.has(kind)) || (typeof message === "string" && GONE_WORDS.test(message))
    );
  });
}

/** Whether a transaction was ended because it took too long, as opposed to none having been had in time. */
export function isTooSlow(error: unknown): boolean {
  return [...nested(error)].some((each) => {
    const message = property(each, "message");
    return codesOf(each).includes("P2028") && typeof message === "string" && /expired transaction/.test(message);
  });
}

/**
 * The name of the unique index that a write ran into, or null if the error is another one.
 * The index is named in the driver's error, not in Prisma's `meta.target`.
 */
export function violatedIndex(error: unknown): string | null {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== "P2002") return null;
  for (const each of nested(error)) {
    const constraint = property(each, "constraint");
    const index = property(constraint, "index");
    if (typeof index === "string") return index;
    const fields = property(constraint, "fields");
    if (Array.isArray(fields)) return fields.join(",");
  }
  return "unknown";
}
