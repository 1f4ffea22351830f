import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { say } from "./say.mjs";

const LOCK = "dist/building";
const BEAT_MS = 1_000;
/** Whoever has not shown life for so long is dead, or was suspended and will find its build made by another. */
const DEAD_MS = 20_000;

/** Does the work while no other start of this clone does any. */
export async function whileAlone(work) {
  mkdirSync("dist", { recursive: true });
  await take();
  const beat = setInterval(() => utimesSync(LOCK, new Date(), new Date()), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    rmSync(LOCK, { force: true });
  }
}

async function take() {
  for (let told = false; ; ) {
    try {
      return writeFileSync(LOCK, String(process.pid), { flag: "wx" });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const owner = readOwner();
    if (abandoned(owner)) {
      if (readOwner() === owner) rmSync(LOCK, { force: true }); // unless another start was quicker
    } else if (!told) say("Another start is building this clone; waiting for it …");
    told = true;
    await delay(200);
  }
}

/** The process that holds the lock, `""` while it is being written, undefined when there is none. */
function readOwner() {
  try {
    return readFileSync(LOCK, "utf8");
  } catch {
    return undefined;
  }
}

function abandoned(owner) {
  const status = statSync(LOCK, { throwIfNoEntry: false });
  if (!status || owner === undefined) return false;
  if (Date.now() - status.mtimeMs > DEAD_MS) return true;
  if (owner === "") return false;
  try {
    return !process.kill(Number(owner), 0);
  } catch (error) {
    return error.code === "ESRCH";
  }
}
