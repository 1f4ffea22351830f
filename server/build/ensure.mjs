import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { whileAlone } from "./lock.mjs";
import { saying } from "./say.mjs";
import { STEPS } from "./steps.mjs";

const STAMPS = "dist/stamps.json";

const readStamps = () => (existsSync(STAMPS) ? JSON.parse(readFileSync(STAMPS, "utf8")) : {});

function writeStamp(name, stamp) {
  const draft = `${STAMPS}.${process.pid}`;
  writeFileSync(draft, JSON.stringify({ ...readStamps(), [name]: stamp }));
  renameSync(draft, STAMPS);
}

function isCurrent(name) {
  const { there, stamp } = STEPS[name];
  return there() && (stamp === undefined || readStamps()[name] === stamp());
}

/**
 * Makes what is missing or older than its sources, and says so; costs some 50 ms when nothing is to be done.
 * @param {("packages" | "client" | "programs" | "pages")[]} names in their order
 */
export async function ensure(names) {
  if (names.every(isCurrent)) return;
  await whileAlone(async () => {
    for (const name of names) {
      if (isCurrent(name)) continue; // or somebody else made it while we waited
      await saying(STEPS[name].sentence, async () => {
        const stamp = STEPS[name].stamp?.();
        writeStamp(name, null); // killed half-way, it is made again
        await STEPS[name].make();
        writeStamp(name, stamp);
      });
    }
  });
}
