import { measureFailures } from "./failures";
import { measureFlood } from "./flood";
import { onGround, type Part, TOKENS } from "./ground";
import { measureMemory } from "./memory";
import { PAIRS, SECONDS } from "./pairs";
import { measureRecording } from "./recording";
import { report } from "./report";
import { measureSearch, seedOnly } from "./search/search";
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
};

/** What takes its own time, or stands on a crowd of its own. */
const LONG: Readonly<Record<string, () => Promise<void>>> = { search: measureSearch, seed: seedOnly };

const [, , , asked = "all"] = process.argv;
const parts = asked === "all" ? Object.values(PARTS) : [PARTS[asked]].filter((part) => part !== undefined);
const long = LONG[asked];
if (long !== undefined) await long();
else if (parts.length > 0)
  report(asked, { pairs: PAIRS, seconds: SECONDS, tokens: TOKENS, rows: await onGround(parts) });
else {
  console.error(`There is no ${asked}: ask for one of ${Object.keys({ ...PARTS, ...LONG }).join(", ")}.`);
  process.exitCode = 2;
}
