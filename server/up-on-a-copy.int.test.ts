import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database as Db, openDatabase } from "#lib/db/client";
import { keptAsking } from "#test/kept-asking";
import { type Database, startDatabase } from "#test/outside-database";
import { askPlane, GATEWAY_SECRET } from "#test/plane";
import { type Issued, seedApplication, seedGateway, seedPerson, seedToken } from "#test/seeded";
import { type Program, type TemporaryProject, temporaryProject } from "#test/temporary-project";
import { addressIn, FREE, PORTAL_WITHOUT_PAGES, started } from "#test/up-program";
import { waitUntil } from "#test/upstreams/wait-until";
import { freePort } from "./free-port";

const PRODUCTION = "https://latchkey.example.com";
const STAGING = "https://staging.example.com";

let server: Database;
let project: TemporaryProject;
let production: Program;
let db: Db;
let token: Issued;

// The portal here keeps no journal: whoever looks is the start, before anything serves.
beforeAll(async () => {
  server = await startDatabase();
  project = await temporaryProject({
    ...{ up: "server/up.ts", verifier: "server/verifier.ts", portal: { text: PORTAL_WITHOUT_PAGES } },
  });
  production = project.run("up", { ...FREE, ...server.env, LATCHKEY_URL: PRODUCTION });
  await started(production);
  db = openDatabase(server.env.DATABASE_URL ?? "");
  await seedGateway(db, "gw1", GATEWAY_SECRET, [await seedApplication(db, "jira")]);
  token = await seedToken(db, (await seedPerson(db, "maria", ["api-users"])).id);
});

afterAll(async () => {
  await db.$disconnect();
  production.process.kill("SIGTERM");
  await production.ended;
  project.discard();
  await server.discard();
});

/** @returns the status, 0 where nobody answers */
const ask = (port: number): Promise<number> =>
  askPlane(port, { Authorization: `Bearer ${token.secret}` }).then(
    ({ status }) => status,
    () => 0,
  );

const says = (port: number, status: number) =>
  waitUntil(`it says ${status}`, async () => (await ask(port)) === status || undefined, 40_000);

const boundOf = () =>
  db.settings.findFirstOrThrow({ select: { boundUrl: true, quarantinedAt: true, installationId: true } });

test("a copy that is started for staging answers nothing but 503 from its first answer on, and production goes on", {
  timeout: 120_000,
}, async () => {
  const atProduction = Number(new URL(addressIn(production, "Verifier")).port);
  await says(atProduction, 200);
  await server.backUp();
  await says(atProduction, 200);
  const before = await boundOf();
  expect(before).toMatchObject({ boundUrl: PRODUCTION, quarantinedAt: null });

  const port = await freePort();
  const here = keptAsking(() => ask(port));
  const there = keptAsking(() => ask(atProduction));
  const staging = project.run("up", {
    ...{ ...FREE, ...server.backupEnv, VERIFIER_PORT: String(port), LATCHKEY_URL: STAGING },
    LATCHKEY_DATA_DIR: join(project.folder, "data-of-staging"),
  });
  await started(staging);
  expect(staging.said()).toContain("This installation is in quarantine, and every token is refused");
  const management = addressIn(staging, "Management");
  await waitUntil("the copy's verifier knows its facts", async () => {
    const { ready, why } = await (await fetch(`${management}/readyz`)).json();
    return ready || why === "quarantined" || undefined;
  });
  const since = here.answers.length;
  await waitUntil("it was asked often", () => here.answers.length >= since + 20 || undefined);
  await Promise.all([here.end(), there.end()]);
  staging.process.kill("SIGTERM");
  expect(await staging.ended).toBe(0);

  expect(new Set(here.answers)).toEqual(new Set([503]));
  // A busy machine makes a 503 or two, which are no quarantine.
  expect(there.answers.filter((status) => status !== 503 && status !== 200)).toEqual([]);
  expect(production.said() + production.complained()).not.toContain("quarantined");
  expect(await boundOf()).toEqual(before);
  await says(atProduction, 200);
});
