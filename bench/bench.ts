import { measureSearch, seedOnly } from "./search/search";
import { measureVerification } from "./verification";

// `npm run bench`: what the bars say, measured in one run on this machine. It informs and never fails a build.
// `npm run bench -- search`: lists and searches among a million tokens; `-- seed`: makes that crowd and nothing else.
const KINDS = { verification: measureVerification, search: measureSearch, seed: seedOnly } as const;

const [, , , asked = "verification"] = process.argv;
const kind = Object.entries(KINDS).find(([name]) => name === asked);
if (kind === undefined) {
  console.error(`There is no ${asked}: ask for one of ${Object.keys(KINDS).join(", ")}.`);
  process.exitCode = 2;
} else await kind[1]();
