import type { Ground } from "./ground";
import { measure, type Traffic } from "./load";
import { SECONDS } from "./pairs";
import { say } from "./report";
import type { Subject } from "./subject";
import type { Row } from "./table";

/** As many as a verifier keeps (CACHE_LIMITS), or as there are. */
const KEPT = 100_000;
const START_MB = 150;
const TOKEN_BYTES = 1_024;
const MEGABYTE = 1_048_576;

/**
 * What a verifier takes after its start, and what each token in its memory adds: what is kept after a collection, and
 * what the process has taken from the machine. A collector leaves lying what it need not collect yet, most of all where
 * tokens push each other out.
 */
export async function measureMemory(ground: Ground): Promise<Row[]> {
  const { secrets } = ground.installed;
  const count = Math.min(KEPT, secrets.length);
  const { subject } = await ground.verifier({ program: "weighed", nodeOptions: ["--expose-gc"] });
  const atStart = subject.residentMegabytes();
  const ask = async (traffic: Traffic, requests: number) => {
    for (let asked = 0; asked < requests; )
      asked += Math.max(1, (await measure(subject, traffic, SECONDS)).requestsPerSecond * SECONDS);
  };
  const few = ground.traffic("memory-few", secrets.slice(0, 1));
  await ask(few, 1); // what the first load brings with it is not the tokens'
  const empty = await keptBytes(subject);
  say(`Measuring: memory with ${count} tokens`);
  await ask(ground.traffic("memory-kept", secrets.slice(0, count)), 1.2 * count);
  const filled = subject.residentMegabytes();
  const each = ((await keptBytes(subject)) - empty) / count;
  const collected = subject.residentMegabytes();
  await ask(ground.traffic("memory-all", secrets), 2 * count);
  const pushed = subject.residentMegabytes();

  const bar = START_MB + (count * TOKEN_BYTES) / MEGABYTE;
  const row = (what: string, value: number, limit: number, unit: string): Row => ({
    ...{ what, value, bar: limit, unit, better: "less" },
  });
  return [
    row("memory after start", atStart, START_MB, " MB"),
    row("kept by a cached token, after a collection", each, TOKEN_BYTES, " bytes"),
    row(`resident with ${count} tokens in the cache`, filled, bar, " MB"),
    row("the same after a collection", collected, bar, " MB"),
    row(`the same while ${secrets.length} push each other out`, pushed, bar, " MB"),
  ];
}

/** What is left in its memory once everything that can go has gone. */
async function keptBytes(subject: Subject): Promise<number> {
  return Number((await subject.answerTo("SIGUSR2", /kept \d+/)).slice(5));
}
