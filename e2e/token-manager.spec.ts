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
  expect(new URL(page.url()).searchParams.get("access")).toBe("write");
  await page.getByRole("link", { name: "Remove the filter May" }).click();
  await expect(page.getByRole("link", { name: "Remove the filter May" })).toBeHidden();
  await page.getByRole("columnheader", { name: "Owner" }).getByRole("link").click();
  await expect(page.getByRole("columnheader", { name: "Owner" })).toHaveAttribute("aria-sort", "ascending");
});
