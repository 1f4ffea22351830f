import { expect, test } from "./fixtures";

test("what somebody does is found in the log, has an address, and is exported", async ({ house, adminPage: page }) => {
  const headers = { origin: house.latchkey.portalUrl };
  const data = { name: "harbour", ranges: ["203.0.113.0/24"] };
  expect((await page.request.post("/api/v1/networks", { headers, data })).status()).toBe(201);

  await page.goto("/admin/audit");
  await page.getByLabel("Search").fill("harbour");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page).toHaveURL(/\/admin\/audit\?q=harbour$/);
  const sentence = "root.admin created the network harbour: 203.0.113.0/24.";
  await page.getByRole("link", { name: sentence }).click();
  await expect(page).toHaveURL(/\/admin\/audit\/\d+$/);
  await expect(page.getByText(sentence).first()).toBeVisible();
  await expect(page.getByRole("row", { name: "name Nothing harbour" })).toBeVisible();

  await page.getByRole("link", { name: "harbour" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV" }).click();
  const file = await (await download).createReadStream();
  const text = Buffer.concat(await file.toArray()).toString("utf8");
  expect(text).toContain(sentence);
  expect(text.match(/\r\n/g)).toHaveLength(2);
});

test("a secret that is pasted into the log's search never gets into the address", async ({ adminPage: page }) => {
  await page.goto("/admin/audit");
  await page.getByLabel("Search").fill(`lk_${"a".repeat(38)}`);
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page.getByText("That was a secret.")).toBeVisible();
  expect(page.url()).not.toContain("aaaa");
});
