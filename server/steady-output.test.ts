import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { steady } from "./steady-output";

const AT = Date.parse("2026-03-01T12:00:00.000Z");

/** A stream whose reader takes what it is given, refuses it, or lets it wait. */
function streamOf() {
  const taken: string[] = [];
  const waiting: (() => void)[] = [];
  const now = { does: "takes" as "takes" | "refuses" | "waits" };
  const stream = new Writable({
    decodeStrings: false,
    autoDestroy: false,
    write(text, _encoding, done) {
      if (now.does === "refuses") return done(new Error("ENOSPC"));
      taken.push(String(text));
      if (now.does === "waits") waiting.push(done);
      else done();
    },
  });
  return { stream, taken, waiting, now };
}

describe("a log that nobody takes", () => {
  test("on a full disk is lost, ends nothing, and all that was lost is told of on a line of its own when there is room", async () => {
    const { stream, taken, now } = streamOf();
    const output = steady(stream, undefined, () => AT);
    now.does = "refuses";
    for (const line of ["one\n", "two\n", "three\n"]) {
      const failed = new Promise((resolve) => stream.once("error", resolve));
      output.write(line);
      await failed;
      Reflect.apply(Reflect.get(stream, "_undestroy"), stream, []); // as Node does with its own stdout
    }
    now.does = "takes";
    output.write("four\n");
    output.write("five\n");
    const lost = '{"time":"2026-03-01T12:00:00.000Z","level":"warn","event":"log.lost","lines":3}';
    expect(taken.join("")).toBe(`\n${lost}\nfour\nfive\n`);
  });

  test("waits in bounded memory for a reader that stands still, and counts what is left out", () => {
    const { stream, taken, waiting, now } = streamOf();
    const output = steady(stream, 100);
    now.does = "waits";
    for (let line = 0; line < 1_000; line += 1) output.write(`line ${line}\n`);
    expect(stream.writableLength).toBeLessThan(200);
    now.does = "takes";
    waiting.shift()?.();
    expect(stream.writableLength).toBe(0);
    output.write("after\n");
    expect(taken.at(-1)).toMatch(/^\{"time":"[^"]+","level":"warn","event":"log.lost","lines":9\d\d\}\nafter\n$/);
  });

  test("is written as it is where somebody does", () => {
    const { stream, taken } = streamOf();
    const output = steady(stream);
    output.write("one\n");
    output.write("two\n");
    expect([taken, output.isTTY]).toEqual([["one\n", "two\n"], false]);
  });
});
