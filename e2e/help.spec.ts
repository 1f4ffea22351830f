import { expect, test } from "./fixtures";

test("who looks for something in the help comes to its paragraph, without signing in", async ({ page, house }) => {
  await page.goto(`${house.latchkey.portalUrl}/help`);
  await page.getByRole("searchbox", { name: "Search the help" }).fill("ROTATING révoking");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Found for ROTATING révoking" })).toBeVisible();
  await page.getByRole("link", { name: "Rotating, suspending, revoking" }).first().click();
  await expect(page).toHaveURL(/\/help#token$/);
  await expect(page.locator("#token")).toBeInViewport();
});

test("the API is described for people and for programs", async ({ userPage, house }) => {
  await userPage.goto("/help/api#postTokens"); // as it was before the API had a page for each chapter
  await userPage.getByRole("link", { name: "Make a token of one's own" }).click();
  await expect(userPage).toHaveURL(/\/help\/api\/tokens#postTokens$/);
  const made = userPage.getByRole("article", { name: "Make a token of one's own" });
  await expect(made).toBeInViewport();
  await expect(made.getByText(`${house.latchkey.portalUrl}/api/v1/tokens`)).toBeVisible();
  const answer = await userPage.request.get("/api/v1/openapi.json");
  expect(await answer.json()).toMatchObject({ openapi: "3.1.0", servers: [{ url: house.latchkey.portalUrl }] });
});
