import { measureBusy } from "./busy/busy";
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
  busy: measureBusy,
};

/** What stands on a crowd of a million tokens, in BENCH_FOLDER or made for it. */
const CROWDED: Readonly<Record<string, () => Promise<void>>> = {
  million: () => measureParts("million", [measureMillion], true),
  search: measureSearch,
  seed: seedOnly,
};

/** A crowd that is kept is where everything is measured that can be. */
const KEPT = process.env.BENCH_FOLDER !== undefined;
/** Checks the audit log, and that of a crowd has no chain: it never stands on one. */
const UNCROWDED: ReadonlySet<Part> = new Set([measureBusy]);

async function measureParts(name: string, parts: readonly Part[], crowd = KEPT): Promise<void> {
  const apart = parts.filter((part) => crowd && UNCROWDED.has(part));
  const together = parts.filter((part) => !apart.includes(part));
  const rows = [...(await onGround(together, crowd)), ...(await onGround(apart, false))];
  report(name, { pairs: PAIRS, seconds: SECONDS, tokens: TOKENS, rows });
}

const [, , , asked = "all"] = process.argv;
const [crowded, part] = [CROWDED[asked], PARTS[asked]];
if (crowded !== undefined) await crowded();
else if (part !== undefined) await measureParts(asked, [part]);
else if (asked === "all") await measureParts(asked, Object.values(PARTS));
else {
  console.error(`There is no ${asked}: ask for one of ${Object.keys({ ...PARTS, ...CROWDED }).join(", ")}.`);
  process.exitCode = 2;
}
