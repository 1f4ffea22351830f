import type { Page } from "@playwright/test";
import { expect } from "./fixtures";
import type { House } from "./house";

/** Makes a generic one, reached at KEY.example.com. @returns its id */
export async function makeApplication({ latchkey: { cli } }: House, key: string, name: string): Promise<string> {
  const is = ["--key", key, "--name", name, "--kind", "generic"];
  return String(
    (await cli(["application", "create", ...is, "--route", `${key}.example.com`, "--identity", "header"])).id,
  );
}

/** Opens the page of an application. @param name as it is shown */
export async function openApplication(page: Page, name: string): Promise<void> {
  await page.goto("/admin/applications");
  await page.getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
}

/** Saves what the page says of an application; what that may turn away is shown before, and is confirmed. */
export async function saveApplication(page: Page): Promise<void> {
  const foreseen = page.waitForResponse((answer) => answer.url().endsWith("/lockouts/preview"));
  const saved = page.waitForResponse((answer) => answer.request().method() === "PATCH");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const { losses, unknown } = await (await foreseen).json();
  if (losses.length + unknown.length > 0) {
    await page.getByRole("region", { name: "Before you save" }).getByRole("button", { name: "Save" }).click();
  }
  expect((await saved).status()).toBe(200);
}
