import { Prisma } from "./generated/client";

// Deadlock, serialisation failure, lock timeout: the transaction did nothing and may be tried again.
const REPEATABLE = new Set(["40P01", "40001", "55P03"]);
// Connection lost or refused, server starting or shutting down, out of connections, memory or disk, a server that takes
// no writes, one that waited too long for a process which stood still, a disk that fails, a database that is being put
// in another's place (or lets nobody in meanwhile).
const GONE = /^(08|57P0|53|25006|25P03|58|3D000|28)/;
const GONE_PRISMA = new Set(["P1001", "P1002", "P1017"]);
const GONE_SOCKET = new Set(
  "ECONNREFUSED ECONNRESET ECONNABORTED EPIPE ETIMEDOUT ENOTFOUND EAI_AGAIN EHOSTUNREACH ENETUNREACH".split(" "),
);
// What Prisma's driver makes of a socket's error before anybody has put a code on it; at a COMMIT nobody does.
const GONE_KINDS = new Set(["ConnectionClosed", "DatabaseNotReachable", "SocketTimeout", "TlsConnectionError"]);
const GONE_WORDS = /Connection terminated|is not queryable|not currently accepting connections/;
/** What would have come after a transaction's end (`nothingAfterItsEnd`). */
const PAST_ITS_END = "P1018";
// A statement that was ended, and what did not come in time: an answer, a connection from the pool, a transaction. It may
// be that the database hangs; it may as well be that it is busy with what we asked.
const LATE = new Set(["57014", "P1008", PAST_ITS_END, "P2024", "P2028"]);
const LATE_WORDS = /timeout exceeded when trying to connect|Query read timeout/;

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

/** Whether the message of an error, or of one inside it, says so. */
const says = (error: unknown, words: RegExp): boolean =>
  [...nested(error)]
    .map((each) => property(each, "message"))
    .some((said) => typeof said === "string" && words.test(said));

/**
 * Whether the database was certainly away: there was no connection to it, or it said itself that it takes none or cannot
 * work. That it was too slow says less (`isUnavailable`).
 */
export function isGone(error: unknown): boolean {
  if (codesOf(error).some((code) => GONE.test(code) || GONE_PRISMA.has(code) || GONE_SOCKET.has(code))) return true;
  const kinds = [...nested(error)].map((each) => property(each, "kind"));
  return kinds.some((kind) => typeof kind === "string" && GONE_KINDS.has(kind)) || says(error, GONE_WORDS);
}

/** Whether the database is away, or did not answer in time, as opposed to having refused what it was asked. */
export const isUnavailable = (error: unknown): boolean =>
  isGone(error) || codesOf(error).some((code) => LATE.has(code)) || says(error, LATE_WORDS);

/** Whether a transaction was ended because it took too long, as opposed to none having been had in time. */
export function isTooSlow(error: unknown): boolean {
  return [...nested(error)].some((each) => {
    const message = property(each, "message");
    const codes = codesOf(each);
    const isExpired = codes.includes("P2028") && typeof message === "string" && /expired transaction/.test(message);
    return isExpired || codes.includes(PAST_ITS_END);
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
