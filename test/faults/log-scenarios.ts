import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { waitUntil } from "#test/upstreams/wait-until";
import type { Post } from "./house";
import { first, pastTheBound, type Scenario } from "./scenarios";

/** Less than any line: where the room ends, a line is cut off in the middle, as a disk cuts it. */
const PART_OF_A_LINE = 50;

/** Lets a verifier write its log up to this size and no further; what it has open stays open. */
function roomFor({ process }: Post, bytes: number | "unlimited"): void {
  execFileSync("prlimit", ["--pid", String(process.pid), `--fsize=${bytes}:`]);
}

const sizeOf = ({ logTo }: Post): number => statSync(logTo).size;

/** So many lines were lost, by what a log says behind so many bytes; each line there must be whole, if it is not empty. */
const lostBehind = ({ logTo }: Post, bytes: number): number =>
  readFileSync(logTo)
    .subarray(bytes)
    .toString("utf8")
    .split("\n")
    .slice(1, -1)
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line))
    .filter(({ event }) => event === "log.lost")
    .reduce((sum, { lines }) => sum + Number(lines), 0);

/** Faults of where a verifier's log goes. Nothing excuses any answer meanwhile. */
export const LOGS: Readonly<Record<string, Scenario>> = {
  "fills up while it is written, and has room again": async (house, story) => {
    const post = first(house);
    await story.revoke();
    await story.says(post, story.victim, 401); // each such answer is a line
    const full = sizeOf(post) + PART_OF_A_LINE;
    roomFor(post, full);
    try {
      await waitUntil("the log is full", () => sizeOf(post) >= full || undefined);
      await pastTheBound();
      await story.askedOften();
    } finally {
      roomFor(post, "unlimited");
    }
    await waitUntil("what was lost is said", () => lostBehind(post, full) > 1 || undefined);
  },
};
