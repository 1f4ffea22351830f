import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { DatabaseProxy } from "#test/database-proxy";
import { type Database, startDatabase } from "#test/outside-database";
import { waitUntil } from "#test/upstreams/wait-until";
import { adminSessionOf, expect, openPage, signIn, test } from "./fixtures";
import { ADMIN, furnish, USER } from "./house";
import { type Installation, startInstallation } from "./installation";
import { Judge } from "./portal-judge";
import { Writers } from "./portal-writes";
import { askVerifier, bearer } from "./question";

/** `npm test` plays one story, once; `npm run faults` plays all: whoever dies again and again takes minutes. */
const REPEATED = Number(process.env.FAULTS_REPEATED ?? 1);
/** Whoever dies again and again is started after longer and longer pauses. */
const TURNS = Math.min(REPEATED, 3);
const BATCH = 600;
const SAMPLE = 6;

let database: Database;
let wire: DatabaseProxy;
let latchkey: Installation;
let gatewaySecret: string;
let judge: Judge;
let people: Page;
let admin: Page;
let turn = 0;

test.describe.configure({ mode: "serial", timeout: 300_000 * TURNS });
test.beforeAll(async ({ browser }) => {
  database = await startDatabase();
  wire = await DatabaseProxy.open(database.env.DATABASE_URL ?? "");
  latchkey = await startInstallation({ ...database.env, DATABASE_URL: wire.url });
  await latchkey.cli(["admin", "create", "--username", ADMIN.username], ADMIN.password);
  gatewaySecret = await furnish(latchkey);
  judge = new Judge(database.env.DATABASE_OWNER_URL ?? "");
  await judge.ask("UPDATE policies SET own = jsonb_set(own, '{maxActive}', '5000') WHERE name = 'API users'");
  await judge.ask(
    `INSERT INTO tokens (id, owner_id, name, digest, hint, created_by, secret_born_at, grant_by, all_applications, access)
     SELECT gen_random_uuid(), u.id, 'Batch ' || n, sha256(('batch' || n)::bytea), 'lk_…', '${USER.username}', now(),
       'tier', true, 'read'
     FROM users u, generate_series(1, ${BATCH}) AS n WHERE u.username = '${USER.username}'`,
  );
  people = await openPage(browser, { baseURL: latchkey.portalUrl });
  await signIn(people, USER);
  const storageState = await adminSessionOf(browser, { latchkey });
  admin = await openPage(browser, { baseURL: latchkey.portalUrl, storageState });
});
test.afterAll(async () => {
  for (const page of [people, admin]) await page.context().close();
  await latchkey.stop();
  await wire.close();
  await database.discard();
});
test.afterEach(() => {
  if (test.info().status !== "passed") console.log(latchkey.process.printed().slice(-8_000));
});

/** The process of the portal that runs now, below the one that watches over it. */
function portal(): number {
  const { pid } = latchkey.process;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
  const found = children.find((each) => readFileSync(`/proc/${each}/cmdline`, "utf8").includes("portal.mjs"));
  if (found === undefined) throw new Error("There is no portal");
  return Number(found);
}
const end = (signal: NodeJS.Signals) => void process.kill(portal(), signal);

/** Longer than those who change something wait for verifiers and the journal. */
async function longer(): Promise<void> {
  const from = Date.now();
  await waitUntil("three seconds are over", () => Date.now() - from > 3_000 || undefined);
}

/** No page can be shown, and each says why and when to ask again. */
async function unshown(): Promise<void> {
  for (const path of ["/", "/tokens", "/sign-in"]) {
    const answer = await people.request.get(path);
    expect([path, answer.status(), answer.headers()["retry-after"]]).toEqual([path, 503, "2"]);
    expect(await answer.text()).toContain("The database does not answer");
  }
}

type Fault = (writers: Writers) => Promise<void> | void;
const ALWAYS = "killed at a COMMIT that the database has heard";
const FAULTS: Readonly<Record<string, Fault>> = {
  "killed while people write": () => end("SIGKILL"),
  [ALWAYS]: () => wire.cutAt("COMMIT", true, () => end("SIGKILL")),
  "killed at a COMMIT that the database has not heard": () => wire.cutAt("COMMIT", false, () => end("SIGKILL")),
  "told to end while people write": () => end("SIGTERM"),
  "cut off from its database at a COMMIT that was heard": () => wire.cutAt("COMMIT", true),
  "reset, as by a machine that is gone, at a COMMIT that was heard": () =>
    wire.cutAt("COMMIT", true, undefined, "reset"),
  "reset, as by a machine that is gone, at a COMMIT that was not heard": () =>
    wire.cutAt("COMMIT", false, undefined, "reset"),
  "left by a database that is killed": async () => {
    database.kill();
    await unshown();
    await database.start();
  },
  "left without writes by its database": (writers) =>
    meanwhile(
      writers,
      "ALTER DATABASE latchkey SET default_transaction_read_only = on",
      "ALTER DATABASE latchkey RESET default_transaction_read_only",
    ),
  "left without connections by its database": (writers) =>
    meanwhile(
      writers,
      "ALTER ROLE latchkey_portal CONNECTION LIMIT 0",
      "ALTER ROLE latchkey_portal CONNECTION LIMIT -1",
    ),
  "left waiting by a database that hangs": async (writers) => {
    database.hang();
    try {
      await writers.stuck();
      await unshown();
    } finally {
      database.wake();
    }
  },
  "far from its database": async (writers) => {
    wire.slow(40, "portal");
    await writers.more(3);
    expect((await people.request.get("/tokens")).status()).toBe(200);
    wire.slow(0, "portal");
  },
  "too far from its database to change anything": async (writers) => {
    wire.slow(700, "portal");
    await writers.stuck();
    wire.slow(0, "portal");
  },
  "standing still for a while": async () => {
    const pid = portal();
    process.kill(pid, "SIGSTOP");
    await longer();
    process.kill(pid, "SIGCONT");
  },
};

/** Changes something about the database, for as long as somebody needs to notice. */
async function meanwhile(writers: Writers, begin: string, end: string): Promise<void> {
  const admin = new Judge(database.adminUrl);
  const drop = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'latchkey_portal'";
  for (const each of [begin, drop]) await admin.ask(each);
  await writers.stuck();
  for (const each of [end, drop]) await admin.ask(each);
}

for (const [what, fault] of Object.entries(FAULTS).filter(([what]) => REPEATED > 1 || what === ALWAYS)) {
  test(`a portal that is ${what} leaves nothing half, has what it answered, and goes on with what it had begun`, async () => {
    for (let each = 0; each < TURNS; each += 1) await story(fault);
  });
}

async function story(fault: Fault): Promise<void> {
  turn += 1;
  const name = `made ${turn}`;
  await judge.ask("UPDATE sessions SET step_up_at = now()"); // the stories together last longer than that holds
  const since = await judge.lastEvent();
  const writers = new Writers(people.request, latchkey.portalUrl, name);
  await writers.more(3 + (turn % 5));
  const action = turn % 2 === 1 ? "suspend" : "resume";
  const operation = await begin(action);
  await fault(writers);
  await writers.more(6);
  await writers.end();

  await waitUntil("the operation has been taken up again", () => finished(operation), 60_000);
  const wrong = [...(await judge.wrongWith(writers, name)), ...(await judge.wrongWithBatch(action, since))];
  expect(wrong).toEqual([]);
  const journal = () => judge.wrongWithJournal(latchkey, writers);
  await waitUntil("the journal is complete", async () => (await journal()).length === 0 || undefined).catch(async () =>
    expect(await journal()).toEqual([]),
  );
  const ended = new Set(writers.revocations.map(({ id }) => id));
  for (const { secret } of writers.revocations.filter(({ told }) => told).slice(-SAMPLE)) await until(401, secret);
  for (const { told } of writers.creations.slice(-SAMPLE)) {
    if (told !== null && !ended.has(told.id)) await until(200, told.secret);
  }
  expect(await latchkey.cli(["audit", "verify"])).toMatchObject({ firstBad: null });
}

/** Each story asks from an address of its own: the revoked tokens of all of them would be too many failures of one. */
const until = (status: number, secret: string) =>
  waitUntil(`the verifier says ${status}`, async () => {
    const from = `198.51.100.${turn}`;
    const answer = await askVerifier(latchkey.verifierPort, gatewaySecret, bearer(secret), { from });
    return answer.status === status || undefined;
  });

async function begin(action: "suspend" | "resume"): Promise<string> {
  const headers = { origin: latchkey.portalUrl };
  const data = { action, filter: { q: "Batch" }, expected: BATCH };
  const answer = await admin.request.post("/api/v1/admin/tokens/bulk", { headers, data });
  expect(answer.status(), await answer.text()).toBe(202);
  return String((await answer.json()).id);
}

async function finished(id: string): Promise<true | undefined> {
  const answer = await admin.request.get(`/api/v1/operations/${id}`).catch(() => null);
  if (answer?.ok() !== true) return undefined;
  const { finishedAt, done, refusedCount } = await answer.json();
  if (finishedAt === null) return undefined;
  expect({ done, refusedCount }).toEqual({ done: BATCH, refusedCount: 0 });
  return true;
}
