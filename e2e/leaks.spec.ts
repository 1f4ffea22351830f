import { expectAccessible } from "./accessible";
import { expect, openPage, signIn, test } from "./fixtures";
import { type House, makeToken } from "./house";
import { askVerifier, bearer } from "./question";
import { rowsOf } from "./rows";

const statusAt = async ({ latchkey, gatewaySecret }: House, secret: string) =>
  (await askVerifier(latchkey.verifierPort, gatewaySecret, bearer(secret))).status;

/** Somebody without an account, or a scanner. */
const report = ({ latchkey }: House, secrets: readonly string[]) =>
  fetch(`${latchkey.portalUrl}/api/v1/leaks`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ secrets }),
  });

const FINN = { username: "finn", password: "a kettle and two old maps" };

/** Somebody with one token, which stood where it does not belong. */
async function careless({ latchkey }: House): Promise<{ id: string; secret: string }> {
  const user = ["--username", FINN.username, "--group", "api-users", "--password-stdin"];
  await latchkey.cli(["user", "create", ...user], FINN.password);
  const what = ["--name", "Left in a wiki", "--application", "jira", "--access", "read"];
  const { token, secret } = await latchkey.cli(["token", "create", "--owner", FINN.username, ...what]);
  return { id: String(Object(token).id), secret: String(secret) };
}

test("a stranger reports a secret: it stops everywhere, the answer says nothing, owner and administrators are told", async ({
  browser,
  house,
  adminPage,
}) => {
  const { id, secret } = await careless(house);
  await expect.poll(() => statusAt(house, secret)).toBe(200);
  for (let times = 0; times < 2; times += 1) {
    const answer = await report(house, ["ghp_of_somebody_else", secret]);
    expect([answer.status, await answer.json()]).toEqual([200, {}]);
  }
  await expect.poll(() => statusAt(house, secret)).toBe(401);

  const page = await openPage(browser, { baseURL: house.latchkey.portalUrl });
  await signIn(page, FINN);
  await expect(page.getByText(/^Somebody found the secret of Left in a wiki/)).toBeVisible();
  await expectAccessible(page, "my tokens after a leak");
  await page.goto("/overview");
  await page.getByRole("link", { name: "Look at it: 1 token ended this month because its secret was found" }).click();
  await page.waitForURL(`**/tokens/${id}`);
  await expect(page.getByText("Revoked by a leak report: the secret may have leaked.").first()).toBeVisible();
  await expect(page.getByText("of finn by reporting its secret: it had leaked").first()).toBeVisible();
  await page.context().close();

  await adminPage.goto("/overview");
  await adminPage.getByRole("link", { name: /^See them: .* because (its|their) secret/ }).click();
  await expect(adminPage.getByText("“Left in a wiki” of finn by reporting its secret").first()).toBeVisible();
});

const GWEN = { username: "gwen", password: "three kites above the dunes" };

const selfRotation = ({ latchkey }: House, on: boolean) =>
  rowsOf(latchkey, `UPDATE policies SET self_rotate = ${on} WHERE name = 'API users'`);

test("a script asks what its token is, rotates it where the tier says so, and ends it; its owner is told", async ({
  browser,
  house,
  userPage,
}) => {
  const { portalUrl, cli } = house.latchkey;
  const user = ["--username", GWEN.username, "--group", "api-users", "--password-stdin"];
  await cli(["user", "create", ...user], GWEN.password);
  const { id, secret } = await makeToken(house.latchkey, ["--access", "read"], GWEN.username);
  const ask = (path: string, method: string, of = secret) =>
    fetch(`${portalUrl}/api/v1/tokens/self${path}`, { method, headers: { authorization: `Bearer ${of}` } });
  const seen = await ask("", "GET");
  expect([seen.status, await seen.json()]).toMatchObject([
    200,
    { owner: { username: GWEN.username }, mayRotate: false },
  ]);
  expect((await ask("/rotate", "POST")).status).toBe(403);

  // A secret has to be a minute old.
  await rowsOf(
    house.latchkey,
    `UPDATE tokens SET secret_born_at = secret_born_at - interval '5 minutes' WHERE id = '${id}'`,
  );
  await selfRotation(house, true);
  const rotated = await ask("/rotate", "POST");
  const { secret: next } = (await rotated.json()) as { secret: string };
  await selfRotation(house, false);
  expect(rotated.status).toBe(201);
  for (const [of, status] of [
    [secret, "rotating"],
    [next, "active"],
  ] as const) {
    expect(await (await ask("", "GET", of)).json()).toMatchObject({ name: "By hand", status });
    await expect.poll(() => statusAt(house, of)).toBe(200);
  }
  const page = await openPage(browser, { baseURL: portalUrl });
  await signIn(page, GWEN);
  await page.goto("/overview");
  await page.getByRole("link", { name: "Look at it: 1 token replaced its own secret this week" }).click();
  await page.waitForURL(`**/tokens/${id}`);
  await page.context().close();

  // What leaked is the new secret: the old one goes on until its overlap ends, or until it ends itself.
  expect((await report(house, [next])).status).toBe(200);
  await expect.poll(() => statusAt(house, next)).toBe(401);
  expect(await statusAt(house, secret)).toBe(200);
  expect((await ask("", "DELETE")).status).toBe(200);
  expect((await ask("", "GET")).status).toBe(401);
  await expect.poll(() => statusAt(house, secret)).toBe(401);

  // The owner's own cookie opens nothing here.
  expect((await userPage.request.get("/api/v1/tokens/self")).status()).toBe(401);
  const stranger = await openPage(browser, { baseURL: portalUrl });
  await stranger.goto("/help#leaks");
  await expect(stranger.getByRole("heading", { name: "When you find a secret that leaked" })).toBeVisible();
  await expect(stranger.getByText(`${portalUrl}/api/v1/leaks`).first()).toBeVisible();
  await stranger.context().close();
});
