import { expect, openPage, test } from "./fixtures";
import { type House, makeToken, USER } from "./house";
import { askVerifier, bearer } from "./question";

const statusAt = async ({ latchkey, gatewaySecret }: House, secret: string) =>
  (await askVerifier(latchkey.verifierPort, gatewaySecret, bearer(secret))).status;

/** Somebody without an account, or a scanner. */
const report = ({ latchkey }: House, secrets: readonly string[]) =>
  fetch(`${latchkey.portalUrl}/api/v1/leaks`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ secrets }),
  });

test("a stranger reports a secret: it stops everywhere, the answer says nothing, owner and administrators are told", async ({
  house,
  userPage,
  adminPage,
}) => {
  const { id, secret } = await makeToken(house.latchkey);
  await expect.poll(() => statusAt(house, secret)).toBe(200);
  for (let times = 0; times < 2; times += 1) {
    const answer = await report(house, ["ghp_of_somebody_else", secret]);
    expect([answer.status, await answer.json()]).toEqual([200, {}]);
  }
  await expect.poll(() => statusAt(house, secret)).toBe(401);

  await userPage.goto("/overview");
  const needs = userPage.getByRole("region", { name: "What needs you" });
  await expect(needs.getByText(/ended this month because (its|their) secrets? w(as|ere) found/)).toBeVisible();
  await userPage.goto("/tokens");
  await expect(userPage.getByText(/^Somebody found the secret of By hand/)).toBeVisible();
  await userPage.goto(`/tokens/${id}`);
  await expect(userPage.getByText("Revoked by a leak report: the secret may have leaked.").first()).toBeVisible();
  await expect(userPage.getByText(`of ${USER.username} by reporting its secret: it had leaked`).first()).toBeVisible();

  await adminPage.goto("/overview");
  await adminPage.getByRole("link", { name: /^See them: .* because (its|their) secret/ }).click();
  await expect(adminPage.getByText("by reporting its secret: it had leaked").first()).toBeVisible();
});

test("a script asks what its token is, rotates it where the tier says so, and ends it; its owner is told", async ({
  browser,
  house,
  userPage,
}) => {
  const { portalUrl } = house.latchkey;
  const { secret } = await makeToken(house.latchkey);
  const ask = (path: string, method: string, of = secret) =>
    fetch(`${portalUrl}/api/v1/tokens/self${path}`, { method, headers: { authorization: `Bearer ${of}` } });
  const seen = await ask("", "GET");
  expect([seen.status, await seen.json()]).toMatchObject([
    200,
    { owner: { username: USER.username }, mayRotate: false },
  ]);
  expect((await ask("/rotate", "POST")).status).toBe(403);
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
