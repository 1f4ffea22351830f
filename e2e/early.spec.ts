import type { Page } from "@playwright/test";
import { expect, openPage, test } from "./fixtures";
import { USER } from "./house";

/** Holds back the page's scripts, as a slow line does. @returns lets them come */
async function holdScripts(page: Page): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\.js(\?|$)/, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

test("what is typed before the page's script has come is neither sent nor lost", async ({ browser, house }) => {
  const page = await openPage(browser, { baseURL: house.latchkey.portalUrl });
  const comes = await holdScripts(page);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(`${request.method()} ${request.url()}`));
  await page.goto("/sign-in", { waitUntil: "commit" });
  await page.getByLabel("Username").fill(USER.username);
  await page.getByLabel("Password").fill(USER.password);
  const before = page.url();
  await page.getByLabel("Password").press("Enter");
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeDisabled();
  expect(page.url()).toBe(before);
  comes();
  await page.getByRole("button", { name: "Sign in", exact: true }).click(); // as soon as it takes a press
  await expect(page.getByRole("heading", { name: "My tokens", level: 1 })).toBeVisible();
  expect(asked.filter((line) => line.includes(encodeURIComponent(USER.password)))).toEqual([]);
  await page.context().close();
});

test("a search sent before the page's script has come stays where it is: it may be a pasted secret", async ({
  adminPage: page,
}) => {
  const comes = await holdScripts(page);
  await page.goto("/admin/tokens", { waitUntil: "commit" });
  const search = page.getByRole("searchbox").first();
  await search.fill("release notes");
  await search.press("Enter");
  await expect(page).toHaveURL(/\/admin\/tokens$/);
  comes();
  await expect(async () => {
    await search.press("Enter");
    await expect(page).toHaveURL(/q=release\+notes/, { timeout: 1_000 });
  }).toPass();
});
