import { seedOnly } from "./crowd";
import { measureFailures } from "./failures";
import { measureFlood } from "./flood";
import { onGround, type Part, TOKENS } from "./ground";
import { measureMemory } from "./memory";
import { measureMillion } from "./million";
import { measurePages } from "./pages/pages";
import { PAIRS, SECONDS } from "./pairs";
import { measureRecording } from "./recording";
import { report } from "./report";
import { measureSearch } from "./search/search";
import { measureVerification } from "./verification";
import { measureWorkers } from "./workers";

// `npm run bench`: what the bars say, measured in one run on this machine. It informs and never fails a build.
// `npm run bench -- NAME` measures one part by itself; docs/performance.md says what each is about and how long it takes.

/** What `npm run bench` measures one after the other, each of which can also be asked for by its name. */
const PARTS: Readonly<Record<string, Part>> = {
  verification: measureVerification,
  recording: measureRecording,
  workers: measureWorkers,
  memory: measureMemory,
  flood: measureFlood,
  failures: measureFailures,
  pages: measurePages,
};

/** What stands on a crowd of a million tokens, in BENCH_FOLDER or made for it. */
const CROWDED: Readonly<Record<string, () => Promise<void>>> = {
  million: () => measureParts("million", [measureMillion], true),
  search: measureSearch,
  seed: seedOnly,
};

async function measureParts(name: string, parts: readonly Part[], crowd: boolean): Promise<void> {
  const rows = await onGround(parts, crowd);
  report(name, { pairs: PAIRS, seconds: SECONDS, tokens: TOKENS, rows });
}

const [, , , asked = "all"] = process.argv;
const [crowded, part] = [CROWDED[asked], PARTS[asked]];
if (crowded !== undefined) await crowded();
else if (part !== undefined) await measureParts(asked, [part], false);
else if (asked === "all") await measureParts(asked, Object.values(PARTS), false);
else {
  console.error(`There is no ${asked}: ask for one of ${Object.keys({ ...PARTS, ...CROWDED }).join(", ")}.`);
  process.exitCode = 2;
}
