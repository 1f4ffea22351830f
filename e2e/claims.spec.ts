import type { Locator, Page } from "@playwright/test";
import { expect, openPage, test } from "./fixtures";
import { ADMIN, USER } from "./house";
import { askVerifier, bearer } from "./question";

/** Issuing asks who it is, when the session is older than ten minutes. @returns what came then */
async function afterConfirming(page: Page, output: Locator): Promise<string> {
  const password = page.getByRole("dialog").getByRole("textbox", { name: "Password" });
  await expect(password.or(output).first()).toBeVisible();
  if (await password.isVisible()) {
    await password.fill(ADMIN.password);
    await password.press("Enter");
  }
  return (await output.textContent()) ?? "";
}

test("a token made for a person: they open the link signed out, sign in, see the secret once, and it works", async ({
  browser,
  house,
  adminPage: page,
}) => {
  const { verifierPort, portalUrl } = house.latchkey;
  await page.goto("/admin/tokens");
  await page.getByRole("link", { name: "Token for somebody" }).click();
  await page.getByLabel("Search people and service accounts").fill(USER.username);
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: USER.username, exact: true }).click();
  await page.getByLabel("Name", { exact: true }).fill("Made for ada");
  await page.getByRole("radio", { name: "Jira" }).check();
  await expect(page.getByText(`Made for ada may only read what ${USER.username} can see in Jira`)).toBeVisible();
  await page.getByRole("button", { name: "Create and get the link" }).first().click();
  const link = await afterConfirming(page, page.getByLabel("Claim link", { exact: true }));
  expect(link).toMatch(/\/claim#[\w-]{32}$/);
  await page.getByRole("link", { name: "See the token" }).click();
  await expect(page.getByText(`Its secret is made when ${USER.username} opens the claim link`)).toBeVisible();

  // Somebody else who is signed in finds nothing, and uses nothing up.
  await page.goto(link);
  await page.getByRole("button", { name: "Make the secret and show it" }).click();
  await expect(page.getByText("There is no such link for you.")).toBeVisible();

  const theirs = await openPage(browser, { baseURL: portalUrl });
  await theirs.goto(link);
  await theirs.getByLabel("Username").fill(USER.username);
  await theirs.getByLabel("Password").fill(USER.password);
  await theirs.getByRole("button", { name: "Sign in" }).click();
  await theirs.getByRole("button", { name: "Make the secret and show it" }).click();
  const secret = (await theirs.getByLabel("Secret", { exact: true }).textContent()) ?? "";
  await expect.poll(() => theirs.url()).not.toContain("#");
  const answer = async () => (await askVerifier(verifierPort, house.gatewaySecret, bearer(secret))).status;
  await expect.poll(answer).toBe(200);

  await theirs.goto("/tokens");
  await theirs.goto(link);
  await theirs.getByRole("button", { name: "Make the secret and show it" }).click();
  await expect(theirs.getByText(/This link was opened already, by ada/)).toBeVisible();
  await expect(theirs.getByLabel("Secret", { exact: true })).toHaveCount(0);
  await theirs.context().close();
});

test("a token that waits says so to its owner; a lost link is replaced, and the one before is void", async ({
  adminPage: page,
  userPage,
}) => {
  const users = await page.request.get(`/api/v1/users?q=${USER.username}`);
  const { items } = await users.json();
  await page.goto(`/admin/tokens/new?owner=${items[0].id}`);
  await page.getByLabel("Name", { exact: true }).fill("Lost link");
  await page.getByRole("radio", { name: "Jira" }).check();
  await page.getByRole("button", { name: "Create and get the link" }).first().click();
  const lost = await afterConfirming(page, page.getByLabel("Claim link", { exact: true }));
  await userPage.goto("/tokens");
  await expect(userPage.getByText(/It waits for you: open the link that root\.admin sent you/)).toBeVisible();
  await page.getByRole("link", { name: "See the token" }).click();
  await page.getByRole("button", { name: "New link" }).click();
  await page.getByRole("button", { name: "Make a new link" }).click();
  await expect(page.getByLabel("Claim link", { exact: true })).not.toHaveText(lost);
  await userPage.goto(lost);
  await userPage.getByRole("button", { name: "Make the secret and show it" }).click();
  await expect(userPage.getByText(/This link was made void: a newer link took its place/)).toBeVisible();
});

test("a service account's secret is shown to its issuer once, where the delegation says so", async ({
  house,
  adminPage: page,
}) => {
  const bot = await house.latchkey.cli(["user", "create", "--kind", "service", "--username", "deploy.bot"]);
  await page.goto(`/admin/tokens/new?owner=${String(bot.id)}`);
  await page.getByRole("radio", { name: /^Integrations/ }).check();
  await expect(page.getByText("Delegation Integrations shows you the secret, once, next.")).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("Deployments");
  await page.getByRole("radio", { name: "Jira" }).check();
  await page.getByRole("button", { name: "Create", exact: true }).first().click();
  const secret = await afterConfirming(page, page.getByLabel("Secret", { exact: true }));
  const answer = async () =>
    (await askVerifier(house.latchkey.verifierPort, house.gatewaySecret, bearer(secret))).status;
  await expect.poll(answer).toBe(200);
  await page.reload();
  await expect(page.getByLabel("Secret", { exact: true })).toHaveCount(0);
});
