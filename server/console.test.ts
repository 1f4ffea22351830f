import { expect, test } from "vitest";
import { createLog } from "#lib/log";
import { newSecret } from "#lib/tokens/secret";
import { consoleInto } from "./console";

const nothing = () => undefined;

function heard(speak: (target: Pick<Console, "log" | "info" | "warn" | "error" | "debug">) => void) {
  const written: string[] = [];
  const target = { log: nothing, info: nothing, warn: nothing, error: nothing, debug: nothing };
  consoleInto(
    createLog("info", { write: (text) => written.push(text) }, () => 0),
    target,
  );
  speak(target);
  return written.map((line) => JSON.parse(line));
}

test("what is said on the console becomes lines of the log, at their level", () => {
  const lines = heard((target) => {
    target.log("\u001b[32m✓\u001b[39m started in %d ms", 12);
    target.warn("careful");
    target.debug("not this");
  });
  expect(lines).toMatchObject([
    { level: "info", event: "console", text: "✓ started in 12 ms" },
    { level: "warn", event: "console", text: "careful" },
  ]);
});

test("errors keep their stack, and secrets stay out", () => {
  const secret = newSecret();
  const [line] = heard((target) => target.error("⨯", new Error(`refused ${secret}`)));
  expect(line).toMatchObject({
    level: "error",
    text: "⨯",
    error: { message: "refused [redacted]", stack: expect.any(String) },
  });
  expect(JSON.stringify(line)).not.toContain(secret.slice(3, 20));
});

test("many lines become one", () => {
  expect(heard((target) => target.log("a\nb\nc"))).toHaveLength(1);
});
