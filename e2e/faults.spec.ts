import { type Database, startDatabase } from "#test/outside-database";
import { waitUntil } from "#test/upstreams/wait-until";
import { expect, openPage, signIn, test } from "./fixtures";
import { ADMIN, furnish, makeToken, USER } from "./house";
import { type Installation, startInstallation } from "./installation";
import { askVerifier, bearer } from "./question";

const BOUND_SECONDS = 5;
let database: Database;
let latchkey: Installation;
let gatewaySecret: string;

test.describe.configure({ mode: "serial", timeout: 300_000 });
test.beforeAll(async () => {
  database = await startDatabase();
  latchkey = await startInstallation({ ...database.env, CONFIRMATION_BOUND_SECONDS: String(BOUND_SECONDS) });
  await latchkey.cli(["admin", "create", "--username", ADMIN.username], ADMIN.password);
  gatewaySecret = await furnish(latchkey);
});
test.afterAll(async () => {
  await latchkey.stop();
  await database.discard();
});

const ask = async (secret: string, port = latchkey.verifierPort) =>
  (await askVerifier(port, gatewaySecret, bearer(secret))).status;
const until = (status: number, secret: string, port?: number) =>
  waitUntil(`the verifier says ${status}`, async () => ((await ask(secret, port)) === status ? true : undefined));

test("a verifier cut off from the database is named when a token is revoked, and stops at the bound by itself", async ({
  browser,
}) => {
  const far = await latchkey.addVerifier("gw-far", database.partitioned);
  const { secret } = await makeToken(latchkey);
  await until(200, secret, far.port);
  const page = await openPage(browser, { baseURL: latchkey.portalUrl });
  await signIn(page, USER);
  await page.getByRole("button", { name: "Revoke By hand" }).click();
  const revoke = page.getByRole("button", { name: "Revoke for good" });
  await revoke.waitFor();
  database.link.hang(); // from here on gw-far hears nothing; its last sign of life is younger than the bound
  await revoke.click();
  await expect(page.getByRole("alertdialog")).toContainText("gw-far cannot be reached; there at the latest");
  expect(await ask(secret)).toBe(401);
  await until(503, secret, far.port);
  database.link.restore();
  await until(401, secret, far.port);
  await page.context().close();
  await far.stop();
});

test("a verifier that stood still does not allow by what it knew before", async ({ browser }) => {
  const page = await openPage(browser, { baseURL: latchkey.portalUrl });
  await signIn(page, USER);
  const asleep = await latchkey.addVerifier("gw-asleep");
  const { id, secret } = await makeToken(latchkey);
  await until(200, secret, asleep.port);
  asleep.signal("SIGSTOP");
  const headers = { origin: latchkey.portalUrl }; // not by the command line: where that is slow, the bound is over by then
  const revoked = await (await page.request.post(`/api/v1/tokens/${id}/revoke`, { headers, data: {} })).json();
  expect(revoked.enforcement).toMatchObject({ outstanding: ["gw-asleep"] });
  const effectiveBy = Date.parse(String(Object(revoked.enforcement).effectiveBy));
  await waitUntil("the answer's deadline is over", () => Date.now() > effectiveBy || undefined);
  asleep.signal("SIGCONT");
  expect(await ask(secret, asleep.port)).not.toBe(200);
  await until(401, secret, asleep.port);
  await page.context().close();
  await asleep.stop();
});

test("while the database hangs, every answer comes in time: by what is known at first, then 503; and all is well after", async () => {
  const known = await makeToken(latchkey);
  const unknown = await makeToken(latchkey);
  await until(200, known.secret);
  database.hang();
  try {
    expect(await ask(known.secret)).toBe(200);
    const took = await Promise.all([1, 2, 3, 4, 5].map(() => timed(() => ask(unknown.secret))));
    expect(new Set(took.map(({ value }) => value))).toEqual(new Set([503]));
    expect(Math.min(...took.map(({ ms }) => ms))).toBeLessThan(1_000);
    await until(503, known.secret);
  } finally {
    database.wake();
  }
  const { ms } = await timed(() => until(200, known.secret));
  expect(ms).toBeLessThan(10_000);
  await until(200, unknown.secret);
});

test("after the database was stopped and started again, everything works without a restart of ours", async ({
  browser,
}) => {
  const { secret } = await makeToken(latchkey);
  await until(200, secret);
  await database.stop();
  await until(503, secret);
  const page = await openPage(browser, { baseURL: latchkey.portalUrl });
  const answer = await page.goto("/sign-in?to=%2Faccount");
  expect([answer?.status(), answer?.headers()["retry-after"]]).toEqual([503, "2"]);
  await page.getByRole("heading", { name: "The database does not answer", level: 1 }).waitFor();
  await database.start();
  const { ms } = await timed(() => until(200, secret));
  expect(ms).toBeLessThan(10_000);
  // By itself, and at the same address.
  await page.getByRole("heading", { name: "Sign in", level: 1 }).waitFor();
  expect(new URL(page.url()).search).toBe("?to=%2Faccount");
  await signIn(page, USER);
  await page.context().close();
  expect(latchkey.process.exitCode()).toBeNull();
});

async function timed<T>(act: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const before = performance.now();
  const value = await act();
  return { value, ms: performance.now() - before };
}
