import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { waitUntil } from "#test/upstreams/wait-until";
import { childrenOf, Processors, stoodInLine } from "./processors";

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** Whether this kernel counts for how long processes wait; where it does not, it excuses nobody. */
const isCounted = existsSync("/proc/self/schedstat");
/** The first processor that this process may have. */
const ONE = /^Cpus_allowed_list:\s*(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "0";

/** Somebody who is busy, on one processor. */
function busy(): number {
  const child = spawn("taskset", ["-c", ONE, process.execPath, "-e", "for (;;);"], { stdio: "ignore" });
  children.push(child);
  return child.pid ?? 0;
}

/** How the kernel calls what a process is doing: R runs or waits for a processor, T is stopped. */
const stateOf = (pid: number): string => /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1] ?? "";

test("who has no processor of its own is seen to wait for one, and who stands still by itself is not", async () => {
  if (!isCounted) {
    expect(stoodInLine(process.pid)).toBe(0);
    return;
  }
  const [one, other] = [busy(), busy()];
  const processors = new Processors(() => ({ verifiers: new Map([["gw", one]]), database: [other] }));
  const from = Date.now();
  await waitUntil("both have waited", () => (stoodInLine(one) > 100 && stoodInLine(other) > 100) || undefined);
  await waitUntil("it was seen", () => processors.waited("gw", from, Date.now()) >= 200 || undefined);
  process.kill(one, "SIGSTOP");
  await waitUntil("it stands still", () => stateOf(one) === "T" || undefined);
  const [stopped, at] = [stoodInLine(one), Date.now()];
  await waitUntil("time goes on", () => Date.now() - at > 200 || undefined);
  expect(stoodInLine(one)).toBe(stopped);
  processors.stop();
});

test("children are found, and a process that is not there has waited for nothing", () => {
  const pid = busy();
  expect(childrenOf(process.pid)).toContain(pid);
  process.kill(pid, "SIGKILL");
  expect([childrenOf(2 ** 22 + 1), stoodInLine(2 ** 22 + 1)]).toEqual([[], 0]);
});
