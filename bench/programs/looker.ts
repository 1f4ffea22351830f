import { randomBytes } from "node:crypto";
import { log } from "#lib/log";
import { Facts } from "#lib/verification/facts/facts";
import { waitFor } from "#server/wait";

// Only what looks tokens up, of our verifier: asks for digests that nobody has, as many at once as it is told.
const { DATABASE_VERIFIER_URL: url = "", BENCH_SECONDS: seconds = "2", BENCH_AT_ONCE: atOnce = "1000" } = process.env;
const PATIENT_MS = 5_000;

const facts = new Facts({ url, name: () => "looker", boundSeconds: 10, log });
facts.start();
await waitFor(() => facts.undecidable === null || undefined, Number.POSITIVE_INFINITY, 10);

let [unknown, other] = [0, 0];
const until = performance.now() + Number(seconds) * 1_000;
const spent = process.cpuUsage();
const begun = performance.now();
await Promise.all(Array.from({ length: Number(atOnce) }, lookUpInTurn));
const { user, system } = process.cpuUsage(spent);
const perSecond = (unknown * 1_000) / (performance.now() - begun);
console.log(`looked ${JSON.stringify({ perSecond, other, cpu: (user + system) / Math.max(unknown, 1) })}`);
await facts.stop();

/** One who asks for the next as soon as it has been told about the last. */
function lookUpInTurn(): Promise<void> {
  return new Promise((resolve) => {
    const next = () => {
      if (performance.now() >= until) return resolve();
      facts.lookUp(randomBytes(32).toString("hex"), PATIENT_MS, (outcome) => {
        if (outcome === "unknown") unknown += 1;
        else other += 1;
        setImmediate(next);
      });
    };
    next();
  });
}
