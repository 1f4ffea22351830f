import { against } from "./against";
import { postmasterOf } from "./database";
import type { Ground } from "./ground";
import { SECONDS } from "./pairs";
import { pause } from "./pause";
import { processorTimeOf } from "./processes";
import { say } from "./report";
import type { Row } from "./table";
import { CACHED } from "./verification";

/**
 * What a second core brings, and what a verifier costs the database when nobody asks: by both one reckons how far more
 * verifiers carry. Where there are two cores only, the load takes its share of the second one.
 */
export async function measureWorkers(ground: Ground): Promise<Row[]> {
  const postmaster = postmasterOf(ground.database);
  const empty = await databaseTime(postmaster);
  const one = await ground.verifier({ name: "one" });
  const single = await databaseTime(postmaster);
  const two = await ground.verifier({ name: "two workers", cores: "first two", env: { VERIFIER_WORKERS: "2" } });
  const traffic = ground.traffic("workers", ground.installed.secrets.slice(0, CACHED));
  const mine = { subject: two.subject, traffic };
  return [
    await against("two workers on two cores ÷ one on one, cached", mine, { subject: one.subject, traffic }, null),
    {
      what: "database's processor time for a verifier that nobody asks, in a second",
      value: single - empty,
      bar: null,
      unit: " ms",
      better: "less",
    },
  ];
}

/** Milliseconds of processor time that the database takes in a second. */
async function databaseTime(postmaster: number): Promise<number> {
  const seconds = SECONDS * 5;
  say(`Looking at the database for ${seconds} s`);
  const before = processorTimeOf(postmaster);
  await pause(seconds * 1_000);
  return (processorTimeOf(postmaster) - before) / 1_000 / seconds;
}
