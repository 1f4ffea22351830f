import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { expect, test } from "vitest";

test("what is being made is made although nobody can be told of it: the disk is full", () => {
  const say = JSON.stringify(new URL("say.mjs", import.meta.url).href);
  const program = `import { saying } from ${say}; let made; await saying("Making it", async () => { made = 7; });
    setImmediate(() => process.exit(made));`;
  const full = openSync("/dev/full", "w");
  const { status } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "ignore", full],
  });
  closeSync(full);
  expect(status).toBe(7);
});
