import { expect, test } from "./fixtures";
import { USER } from "./house";

test("the rules of today, and of a draft, say what they would let somebody do", async ({ adminPage: page }) => {
  await page.goto("/admin/policies");
  await page.getByRole("link", { name: "Simulate" }).click();
  const said = page.getByRole("region", { name: "What the rules say" });
  await page.getByLabel("Who", { exact: true }).fill("nobody.here");
  await page.getByRole("button", { name: "Simulate" }).click();
  await expect(page.getByText("There is no user nobody.here.")).toBeVisible();
  await page.getByLabel("Who", { exact: true }).fill(USER.username);
  await page.getByRole("button", { name: "Simulate" }).click();
  await expect(said).toContainText("Yes: tier API users.");
  await page.getByLabel("For days").fill("91");
  await page.getByRole("button", { name: "Simulate" }).click();
  await expect(said).toContainText("At most 90 days");
  await expect(said.getByRole("heading")).toHaveText("No.");

  await page.goto("/admin/policies");
  await page.getByRole("link", { name: "Edit API users" }).click();
  await page.getByLabel("Longest lifetime in days").first().fill("7");
  await page.getByLabel("Preset lifetime in days").fill("7");
  await page.getByRole("button", { name: "Simulate this draft" }).click();
  await page.getByLabel("Who", { exact: true }).fill(USER.username);
  await page.getByRole("button", { name: "Simulate" }).click();
  await expect(said).toContainText("At most 7 days");
  await page.getByLabel("By the rules").selectOption("today");
  await page.getByRole("button", { name: "Simulate" }).click();
  await expect(said).toContainText("Yes: tier API users.");
});
