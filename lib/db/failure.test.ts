import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codesOf, isGone, isRepeatable, isTooSlow, isUnavailable, violatedIndex } from "./failure";
import { Prisma } from "./generated/client";

const known = (code: string, meta: Record<string, unknown> = {}) =>
  new Prisma.PrismaClientKnownRequestError("failed", { code, clientVersion: "7", meta });

/** As Prisma hands on what PostgreSQL said: the driver's error stands in `meta`, the server's in its cause. */
const fromServer = (originalCode: string) =>
  known("P2010", { driverAdapterError: Object.assign(new Error("x"), { cause: { kind: "postgres", originalCode } }) });

/** As the driver's adapter hands on what it has named itself: by a kind, and no code. */
const adapter = (kind: string) => Object.assign(new Error(kind), { name: "DriverAdapterError", cause: { kind } });

const socket = (code: string) => Object.assign(new Error("connect"), { code });

describe("what may simply be run again", () => {
  test.each([
    ["a deadlock", fromServer("40P01")],
    ["a serialisation failure", fromServer("40001")],
    ["a lock that was not free in time", fromServer("55P03")],
    ["a conflict as Prisma calls it", known("P2034")],
  ])("is %s, however deep it stands", (_what, error) => {
    expect(isRepeatable(error)).toBe(true);
    expect(isRepeatable(new Error("wrapped", { cause: error }))).toBe(true);
    expect(isUnavailable(error)).toBe(false);
  });

  test.each(["23505", "23503", "42501", "22021", "57P01", "08006"])(
    "is not %s: whoever runs it again does it twice or for nothing",
    (code) => expect(isRepeatable(fromServer(code))).toBe(false),
  );
});

test("what took too long is known from what was never begun", () => {
  const timed = (message: string) =>
    new Prisma.PrismaClientKnownRequestError(message, { code: "P2028", clientVersion: "7" });
  const late = timed("Transaction API error: A query cannot be executed on an expired transaction.");
  expect(isTooSlow(late)).toBe(true);
  expect(isTooSlow(known("P1018"))).toBe(true);
  expect(isTooSlow(timed("Transaction API error: Unable to start a transaction in the given time."))).toBe(false);
  expect(isTooSlow(new Error("expired transaction"))).toBe(false);
});

describe("a database that is away", () => {
  test.each([
    ["refuses", socket("ECONNREFUSED")],
    ["hangs up", socket("ECONNRESET")],
    ["has no name", socket("ENOTFOUND")],
    ["is gone while it is written to", socket("EPIPE")],
    ["says nothing at all", socket("ETIMEDOUT")],
    ["is stopping", fromServer("57P01")],
    ["is starting", fromServer("57P03")],
    ["has no connection left", fromServer("53300")],
    ["lost the connection", fromServer("08006")],
    ["is not reached, as Prisma says", known("P1001")],
    ["takes no writes: it is a replica", fromServer("25006")],
    ["has given up on a process that stood still", fromServer("25P03")],
    ["has gone within a transaction", new Error("Client has encountered a connection error and is not queryable")],
    ["is out of reach", socket("EHOSTUNREACH")],
    ["has a name that cannot be looked up now", socket("EAI_AGAIN")],
    ["hangs up at the COMMIT, where nothing names a code", adapter("ConnectionClosed")],
    [
      "hangs up on a query, of which Prisma tells below its own error",
      known("P2010", { driverAdapterError: adapter("ConnectionClosed") }),
    ],
    ["is not reached at the COMMIT", adapter("DatabaseNotReachable")],
    ["says nothing at the COMMIT", adapter("SocketTimeout")],
    ["cannot read its disk", fromServer("58030")],
    ["has no room left on its disk", fromServer("53100")],
    ["is being put in another's place", fromServer("3D000")],
    ["lets nobody in", fromServer("28000")],
    ["lets nobody in meanwhile", new Error('database "latchkey" is not currently accepting connections')],
    ["hung up, as the driver says", new Error("x", { cause: new Error("Connection terminated unexpectedly") })],
  ])("%s", (_what, error) => {
    expect([isUnavailable(error), isGone(error)]).toEqual([true, true]);
    expect(isRepeatable(error)).toBe(false);
  });

  test.each([
    ["gives no connection in time", known("P2024")],
    ["gives no connection in time, as the driver says", new Error("timeout exceeded when trying to connect")],
    ["gives no transaction in time", known("P2028")],
    ["does not answer, as the driver says", new Error("Query read timeout")],
    ["does not answer within its client's time", known("P1008")],
    ["ended a statement because somebody said so", fromServer("57014")],
  ])("may be one that %s, or is busy with what we asked", (_what, error) => {
    expect([isUnavailable(error), isGone(error)]).toEqual([true, false]);
    expect(isRepeatable(error)).toBe(false);
  });

  test.each([
    ["refused what it was asked", fromServer("42501")],
    ["found a value twice", known("P2002")],
    ["found no row", known("P2025")],
    ["was asked nonsense", fromServer("22P02")],
    ["found a value twice, as the driver says", adapter("UniqueConstraintViolation")],
    ["was asked for what cannot be done now", fromServer("55000")],
    ["was asked to go on with what had failed", fromServer("25P02")],
  ])("is not one that %s: that is a bug, and must not be taken for an outage", (_what, error) => {
    expect([isUnavailable(error), isGone(error)]).toEqual([false, false]);
  });
});

describe("the index that decided a race", () => {
  const unique = (constraint: unknown) => known("P2002", { driverAdapterError: { cause: { constraint } } });

  test("is read from the driver's error, by its name or by its columns", () => {
    expect(violatedIndex(unique({ index: "groups_name_key" }))).toBe("groups_name_key");
    expect(violatedIndex(unique({ fields: ["source", "name"] }))).toBe("source,name");
  });

  test("is unknown where nothing names it, and none where the error is another one", () => {
    expect(violatedIndex(unique(undefined))).toBe("unknown");
    for (const error of [known("P2003"), fromServer("23505"), new Error("P2002"), null, "P2002"]) {
      expect(violatedIndex(error)).toBeNull();
    }
  });

  test("is not believed of an object that only looks like Prisma's error", () => {
    expect(violatedIndex({ code: "P2002", meta: { constraint: { index: "users_key" } } })).toBeNull();
  });
});

describe("whatever is thrown", () => {
  test("is looked at without throwing again, and codes are texts", () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        expect(codesOf(thrown).every((code) => typeof code === "string")).toBe(true);
        expect([isRepeatable(thrown), isUnavailable(thrown)]).toEqual([expect.any(Boolean), expect.any(Boolean)]);
        expect(violatedIndex(thrown)).toBeNull();
      }),
    );
  });

  test("may go round in circles", () => {
    const circle: { cause?: unknown; code: string } = { code: "40001" };
    circle.cause = circle;
    expect(isRepeatable(circle)).toBe(true);
  });

  test("is found in each of the places where an error hides another, and not deeper than errors go", () => {
    const wrap = (inner: unknown, depth: number): unknown => (depth === 0 ? inner : { cause: wrap(inner, depth - 1) });
    expect(codesOf(wrap({ code: "x" }, 5))).toEqual(["x"]);
    expect(codesOf(wrap({ code: "x" }, 6))).toEqual([]);
    expect(codesOf({ meta: { code: "a" }, driverAdapterError: { code: "b" }, originalCode: "c" }).toSorted()).toEqual([
      "a",
      "b",
      "c",
    ]);
  });
});
