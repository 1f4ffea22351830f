import type { Page } from "@playwright/test";
import { expect, knock, openPage, test } from "./fixtures";
import { ADMIN } from "./house";
import { addApp, nextCode, setUpApp } from "./second-factor";

const LOST = { username: "lost.phone", password: "six wet umbrellas in the hall" };

const factors = (page: Page) => page.getByRole("region", { name: "Second factor" });
const reset = (page: Page) => page.getByRole("button", { name: "Reset the second factor" });

test("who lost their second factor is reset after a question, signed out, and has to add another; it is in the log", async ({
  browser,
  house: { latchkey },
  adminPage: page,
}) => {
  await latchkey.cli(["admin", "create", "--username", LOST.username], LOST.password);
  const theirs = await openPage(browser, { baseURL: latchkey.portalUrl });
  await knock(theirs, LOST);
  await expect(theirs.getByRole("heading", { name: "Add a second factor", level: 1 })).toBeVisible();
  const lost = await addApp(theirs.request, latchkey.portalUrl);
  await theirs.goto("/tokens");
  await expect(theirs.getByRole("heading", { name: "My tokens", level: 1 })).toBeVisible();

  const { items } = await (await page.request.get(`/api/v1/users?q=${LOST.username}`)).json();
  await page.goto(`/admin/users/${items[0].id}`);
  await expect(factors(page)).toContainText("Authenticator app");
  await reset(page).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("See first that it is them.");
  await expect(dialog.getByRole("button", { name: "Leave it" })).toBeFocused();
  await dialog.getByRole("button", { name: "Reset" }).click();
  const password = page
    .getByRole("dialog", { name: "Confirm that it is you" })
    .getByRole("textbox", { name: "Password" });
  const none = factors(page).getByText("None.");
  await expect(password.or(none).first()).toBeVisible(); // asked when the session is older than ten minutes
  if (await password.isVisible()) {
    await password.fill(ADMIN.password);
    await password.press("Enter");
  }
  await expect(none).toBeVisible();
  await expect(reset(page)).toHaveCount(0);

  await theirs.reload();
  await expect(theirs.getByRole("heading", { name: "Sign in", level: 1 })).toBeVisible();
  expect((await theirs.request.get("/api/v1/me")).status()).toBe(401);
  await knock(theirs, LOST);
  await expect(theirs.getByRole("heading", { name: "Add a second factor", level: 1 })).toBeVisible();
  await theirs.goto("/admin/users");
  await expect(theirs.getByRole("heading", { name: "Add a second factor", level: 1 })).toBeVisible();
  const { secret } = await setUpApp(theirs);
  await theirs.getByRole("button", { name: "I have kept them" }).click();
  await expect(theirs.getByRole("heading", { name: "People and groups", level: 1 })).toBeVisible();
  await theirs.context().clearCookies();
  await knock(theirs, LOST);
  await theirs.getByLabel("Code", { exact: true }).fill(nextCode(lost));
  await theirs.getByRole("button", { name: "Go on" }).click();
  await expect(theirs.getByText(/This is wrong, or was used before/)).toBeVisible(); // the lost one proves nothing now
  await theirs.getByLabel("Code", { exact: true }).fill(nextCode(secret));
  await theirs.getByRole("button", { name: "Go on" }).click();
  await expect(theirs.getByRole("heading", { name: "My tokens", level: 1 })).toBeVisible();
  await theirs.context().close();

  await page.goto(`/admin/audit?subject=${LOST.username}`);
  const sentence = `root.admin removed every second factor of ${LOST.username} and ended their sessions.`;
  await expect(page.getByRole("link", { name: sentence })).toBeVisible();
});

test("nobody resets their own second factor, and who is no administrator nobody's", async ({
  house: { latchkey },
  adminPage: page,
  userRequest,
}) => {
  const headers = { origin: latchkey.portalUrl };
  const me = await (await page.request.get("/api/v1/me")).json();
  await page.goto(`/admin/users/${me.id}`);
  await expect(factors(page)).toContainText("Authenticator app");
  await expect(reset(page)).toHaveCount(0);
  const own = await page.request.post(`/api/v1/users/${me.id}/reset-factors`, { headers, data: {} });
  expect([own.status(), (await own.json()).code]).toEqual([403, "forbidden"]);
  const theirs = await userRequest.post(`/api/v1/users/${me.id}/reset-factors`, { headers, data: {} });
  expect([theirs.status(), (await theirs.json()).code]).toEqual([404, "not_found"]);
});
