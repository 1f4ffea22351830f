import { waitFor } from "#server/wait";
import { judge, newTally } from "../busy/tally";
import { type Kind, type Site, WORKS } from "../busy/work";

// Those who keep a portal busy, in a process of their own: as long as they are told and until each kind of work was done
// whole once, but no longer than their limit. Then they say what came of it, and end, whatever is still under way.
const { kinds, site, seconds, limitSeconds }: Visit = JSON.parse(process.env.BENCH_VISIT ?? "null");
type Visit = { kinds: readonly Kind[]; site: Site; seconds: number; limitSeconds: number };

const over = new AbortController();
const tallies = Object.fromEntries(kinds.map((kind) => [kind, newTally()]));
for (const kind of kinds) {
  const tally = tallies[kind] ?? newTally();
  WORKS[kind](site, tally, over.signal).catch((error: unknown) => {
    if (over.signal.aborted) return;
    judge(tally, false, String(error));
  });
}
const begun = performance.now();
const lacking = () => Object.values(tallies).filter(({ whole, pieces }) => whole === 0 || pieces === 0);
const isEnough = () => performance.now() - begun >= seconds * 1_000 && lacking().length === 0;
await waitFor(() => isEnough() || undefined, limitSeconds * 1_000);
over.abort();
for (const tally of lacking()) judge(tally, false, `nothing whole within ${limitSeconds} s`);
console.log(`visited ${JSON.stringify(tallies)}`);
process.exit(0);
