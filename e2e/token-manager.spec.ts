import { expectAccessible } from "./accessible";
import { expect, test } from "./fixtures";
import { makeToken } from "./house";

test("a secret pasted into the search says whose it is, and is revoked", async ({ house, adminPage: page }) => {
  const { id, secret } = await makeToken(house.latchkey);
  await page.goto("/admin/tokens");
  await page.getByRole("searchbox", { name: "Search tokens" }).fill(`Authorization: Bearer ${secret}`);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Find by secret" });
  await expect(dialog.getByLabel("Secret")).toHaveValue(secret);
  expect(page.url()).not.toContain(secret.slice(8));
  await dialog.getByRole("button", { name: "Find", exact: true }).click();
  await expect(dialog.getByText("It belongs to ada.")).toBeVisible();
  await expectAccessible(page, "found");
  await dialog.getByRole("button", { name: "Revoke it …" }).click();
  const revoking = page.getByRole("alertdialog");
  await expect(revoking.getByLabel("Reason")).toHaveValue("key_compromise");
  await revoking.getByRole("button", { name: "Revoke for good" }).click();
  await expect(page.getByText("Stopped everywhere.")).toBeVisible();
  await page.goto(`/tokens/${id}`);
  await expect(page.getByText("Revoked", { exact: true }).first()).toBeVisible();
});

test("a filter is an address: chosen in its form, shown as chips, taken away again", async ({
  house,
  adminPage: page,
}) => {
  await makeToken(house.latchkey, ["--access", "write"]);
  await page.goto("/admin/tokens");
  await page.getByText("Filter", { exact: true }).click();
  await page.getByRole("combobox", { name: "May", exact: true }).selectOption("write");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.getByRole("link", { name: "Remove the filter May" })).toBeVisible();
  await expect.poll(() => new URL(page.url()).searchParams.get("access")).toBe("write");
  await page.getByRole("link", { name: "Remove the filter May" }).click();
  await expect(page.getByRole("link", { name: "Remove the filter May" })).toBeHidden();
  await page.getByRole("columnheader", { name: "Owner" }).getByRole("link").click();
  await expect(page.getByRole("columnheader", { name: "Owner" })).toHaveAttribute("aria-sort", "ascending");
});

test("a search is kept as a view of one's own, without the columns that nobody needs, and forgotten again", async ({
  adminPage: page,
}) => {
  await page.goto("/admin/tokens?q=by-hand");
  await page.getByText("Columns", { exact: true }).click();
  await page.getByRole("checkbox", { name: "Flags" }).uncheck();
  await page.getByRole("button", { name: "Show these" }).click();
  await expect(page.getByRole("columnheader", { name: "Flags" })).toHaveCount(0);
  await page.getByRole("button", { name: "Save view" }).click();
  const dialog = page.getByRole("dialog", { name: "Save this view" });
  await dialog.getByLabel("Name").fill("Made by hand");
  await expectAccessible(page, "saving a view");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  const tab = page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Made by hand" });
  await expect(tab).toHaveAttribute("aria-current", "true");
  await page.goto("/admin/tokens");
  await tab.click();
  await expect(page).toHaveURL(/q=by-hand/);
  await page.getByRole("button", { name: "Delete view" }).click();
  await expect(tab).toHaveCount(0);
  await expect(page).toHaveURL(/q=by-hand/);
});
