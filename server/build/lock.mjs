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
    if (abandoned()) rmSync(LOCK, { force: true });
    else if (!told) say("Another start is building this clone; waiting for it …");
    told = true;
    await delay(200);
  }
}

function abandoned() {
  const status = statSync(LOCK, { throwIfNoEntry: false });
  if (!status) return false;
  if (Date.now() - status.mtimeMs > DEAD_MS) return true;
  const pid = Number(readFileSync(LOCK, "utf8"));
  if (!pid) return false; // being written
  try {
    return !process.kill(pid, 0);
  } catch (error) {
    return error.code === "ESRCH";
  }
}
