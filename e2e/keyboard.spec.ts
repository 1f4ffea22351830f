import type { Page } from "@playwright/test";
import { expect, openPage, test } from "./fixtures";
import { USER } from "./house";

test("signing in, making a token and revoking it needs no mouse", async ({ browser, house }) => {
  const page = await openPage(browser, { baseURL: house.latchkey.portalUrl });
  await page.goto("/sign-in");
  await tabTo(page, "Username");
  await page.keyboard.type(USER.username);
  await tabTo(page, "Password");
  await page.keyboard.type(USER.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "My tokens", level: 1 })).toBeVisible();

  await page.goto("/tokens/new");
  await tabTo(page, "Name");
  await page.keyboard.type("By keyboard");
  await tabTo(page, "application");
  await page.keyboard.press("Space");
  await tabTo(page, "Create");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "By keyboard is ready" })).toBeFocused();

  await page.goto("/tokens");
  await tabTo(page, "Revoke By keyboard");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Keep it" })).toBeFocused(); // the gentle answer first
  await tabTo(page, "Revoke for good");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Stopped everywhere.")).toBeVisible();
  await page.context().close();
});

/** Presses Tab until something with this name (or of this group of radio buttons) has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if ((await focusedNames(page)).includes(name)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${name}`);
}

const focusedNames = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (element === null) return [];
    const names = [element.getAttribute("aria-label") ?? "", element.textContent?.trim() ?? ""];
    if (!(element instanceof HTMLInputElement)) return names;
    return [...names, element.name, ...[...(element.labels ?? [])].map((label) => label.textContent?.trim() ?? "")];
  });
