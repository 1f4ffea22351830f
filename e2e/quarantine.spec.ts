import { Client } from "pg";
import { keptAsking } from "#test/kept-asking";
import { type Database, startDatabase } from "#test/outside-database";
import { waitUntil } from "#test/upstreams/wait-until";
import { expectAccessible } from "./accessible";
import { adminSessionOf, expect, openPage, test } from "./fixtures";
import { ADMIN, furnish, makeToken } from "./house";
import { type Installation, startInstallation } from "./installation";
import { Judge } from "./portal-judge";
import { askVerifier, bearer } from "./question";

let database: Database;
let latchkey: Installation;
let gatewaySecret: string;

test.describe.configure({ mode: "serial", timeout: 300_000 });
test.beforeAll(async () => {
  database = await startDatabase();
  latchkey = await startInstallation(database.env);
  await latchkey.cli(["admin", "create", "--username", ADMIN.username], ADMIN.password);
  gatewaySecret = await furnish(latchkey);
});
test.afterAll(async () => {
  await latchkey.stop();
  await database.discard();
});

const until = (status: number, secret: string) =>
  waitUntil(`the verifier says ${status}`, async () =>
    (await askVerifier(latchkey.verifierPort, gatewaySecret, bearer(secret))).status === status ? true : undefined,
  );

test("a restored backup lets nothing through, until what had been revoked since is revoked again", async () => {
  const [revoked, kept] = [await makeToken(latchkey), await makeToken(latchkey)];
  await database.backUp();
  await until(200, revoked.secret);
  await latchkey.cli(["token", "revoke", "--id", revoked.id]);
  await until(401, revoked.secret);
  // The portal writes down within a second what somebody else has ended: a database that goes before that takes it along.
  const judge = new Judge(latchkey.env.DATABASE_OWNER_URL ?? "");
  const isTold = async () => (await judge.journalOf(latchkey)).ended.has(revoked.id) || undefined;
  await waitUntil("the journal tells of the revocation", isTold);
  const journalled = async () => JSON.stringify(await latchkey.cli(["journal", "show"]));
  expect(await journalled()).toContain('"quarantined":false');
  const status = () =>
    askVerifier(latchkey.verifierPort, gatewaySecret, bearer(revoked.secret)).then(
      (answer) => answer.status,
      () => 0,
    );
  const asking = keptAsking(status);
  await database.restore();
  // While the database was exchanged verifiers refused as well: what is waited for is the word of the portal.
  const isBehind = async () => (await journalled()).includes('"cause":"behind"') || undefined;
  await waitUntil("the portal has put it into quarantine", isBehind, 60_000);
  await until(503, revoked.secret);
  await until(503, kept.secret);
  const replayed = await latchkey.cli(["journal", "replay"]);
  expect(replayed).toMatchObject({ revoked: 1, look: [], refused: [], quarantined: false });
  await until(200, kept.secret);
  await until(401, revoked.secret);
  await asking.end();
  // Not before the portal had looked, either: the verifier had applied that it was revoked.
  expect(asking.answers.filter((each) => each !== 401 && each !== 503)).toEqual([]);
});

test("a copy of another installation says on every page why nothing works, and what ends that", async ({ browser }) => {
  const { secret } = await makeToken(latchkey);
  await until(200, secret);
  const owner = new Client({ connectionString: database.env.DATABASE_OWNER_URL });
  await owner.connect();
  // The one before may have ended this very second: until the portal has written that down, its journal tells of ends
  // of which nobody knows whether this database knows them, and only the command line may end the next.
  const judge = new Judge(latchkey.env.DATABASE_OWNER_URL ?? "");
  await waitUntil("the journal knows this history", async () => (await judge.journalOf(latchkey)).isToday || undefined);
  await owner.query("UPDATE settings SET bound_url = 'https://latchkey.example.com'");
  await owner.end();
  await until(503, secret);
  const storageState = await adminSessionOf(browser, { latchkey });
  const page = await openPage(browser, { baseURL: latchkey.portalUrl, storageState });
  await page.goto("/overview");
  const note = page.getByRole("status").filter({ hasText: "in quarantine" });
  await expect(note).toContainText("https://latchkey.example.com");
  await note.getByRole("link", { name: "What to do" }).click();
  await expect(page.getByRole("heading", { name: "Quarantine", level: 2 })).toBeVisible();
  await expectAccessible(page, "quarantine");
  await page.getByRole("button", { name: "End the quarantine" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "End it" }).click();
  // Behind a dialog nothing has a role: the note would be hidden whatever the dialog says.
  await expect(dialog).toBeHidden();
  await expect(note).toBeHidden();
  await until(200, secret);
  await page.context().close();
});
