import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createLog, logLine, prettyLine } from "./log";
import { newSecret } from "./tokens/secret";

const AT = Date.UTC(2026, 10, 22, 12, 30, 5, 7);

const line = (fields: Record<string, unknown>) => JSON.parse(logLine(AT, "info", "thing.happened", fields));

describe("a line of the log", () => {
  test("is one JSON object that says when, how bad, and what", () => {
    const text = logLine(AT, "warn", "portal.ready", { port: 3000 });
    expect(text).not.toContain("\n");
    expect(JSON.parse(text)).toEqual({
      time: "2026-11-22T12:30:05.007Z",
      level: "warn",
      event: "portal.ready",
      port: 3000,
    });
  });

  test("is a JSON object on one line whatever is in the fields", () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string(),
          fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true }),
        ),
        (fields) => {
          const text = logLine(AT, "info", "x", fields);
          expect(text).not.toMatch(/[\n\r]/);
          expect(JSON.parse(text)).toMatchObject({ time: "2026-11-22T12:30:05.007Z", level: "info", event: "x" });
        },
      ),
    );
  });

  test("survives circles, throwing getters, and what cannot be written as JSON", () => {
    const circle: Record<string, unknown> = { name: "round" };
    circle.self = circle;
    const broken = {
      get value() {
        throw new Error("no");
      },
    };
    expect(line({ circle })).toMatchObject({ circle: { name: "round", self: "…" } });
    expect(line({ broken })).toMatchObject({ unreadable: true });
    expect(
      line({ big: 10n, not: Number.NaN, none: undefined, symbol: Symbol("s"), bytes: Buffer.from("abc") }),
    ).toMatchObject({
      big: "10",
      not: "NaN",
      none: "undefined",
      symbol: "Symbol(s)",
      bytes: "3 bytes",
    });
  });

  test("cannot be made to lie about its time, level or event", () => {
    expect(line({ time: "never", level: "debug", event: "nothing" })).toMatchObject({
      time: "2026-11-22T12:30:05.007Z",
      level: "info",
      event: "thing.happened",
      time_: "never",
    });
  });

  test("hides secrets in values, in the names of fields, in lists, in errors and in their causes", () => {
    const secret = newSecret();
    const error = new Error(`refused ${secret}`, { cause: new Error(secret) });
    const text = logLine(AT, "error", `seen ${secret}`, {
      path: `/rest?token=${secret}`,
      [secret]: 1,
      list: [{ agent: secret }],
      map: new Map([["a", secret]]),
      error,
    });
    expect(text).not.toContain(secret.slice(3, 35));
    expect(JSON.parse(text)).toMatchObject({ error: { name: "Error", message: "refused [redacted]" } });
  });

  test("hides what is a secret by its name, at any depth", () => {
    const text = logLine(AT, "info", "x", {
      headers: { Authorization: "hunter2", cookie: ["hunter2"] },
      password: "hunter2",
    });
    expect(text).not.toContain("hunter2");
  });

  test("keeps an error's code, and a stack of bounded length", () => {
    const error = Object.assign(new Error("gone"), { code: "ECONNREFUSED" });
    expect(line({ error })).toMatchObject({
      error: { code: "ECONNREFUSED", stack: expect.stringContaining("log.test") },
    });
  });

  test("is bounded in length", () => {
    const text = logLine(AT, "info", "x", {
      long: "a ".repeat(100_000),
      many: Array.from({ length: 10_000 }, (_, i) => i),
    });
    expect(text.length).toBeLessThan(4_000);
  });
});

test("a terminal gets a readable line, with control characters escaped", () => {
  const text = prettyLine(AT, "warn", "portal.ready", { agent: "\u001b[31mred\n", port: 1 });
  expect(text).toBe('12:30:05 WARN  portal.ready agent="\\u001b[31mred\\n" port=1');
});

test("only what is at least as bad as the level is written", () => {
  const written: string[] = [];
  const log = createLog("warn", { write: (text) => written.push(text) }, () => AT);
  log.debug("a");
  log.info("b");
  log.warn("c");
  log.error("d", { why: "e" });
  expect(written.map((text) => JSON.parse(text).event)).toEqual(["c", "d"]);
  expect(written.every((text) => text.endsWith("\n"))).toBe(true);
});
