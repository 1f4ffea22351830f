import { expectAccessible } from "./accessible";
import { expect, test } from "./fixtures";
import { makeToken } from "./house";

test("a new prefix retires the old one, which no button takes away while tokens bear it", async ({
  house,
  adminPage: page,
}) => {
  await makeToken(house.latchkey);
  await page.goto("/admin/settings");
  const save = async (prefix: string) => {
    await page.getByLabel("New secrets begin with").fill(prefix);
    await page.getByRole("button", { name: "Save prefix" }).click();
  };
  await save("a b");
  await expect(page.getByLabel("New secrets begin with")).toBeFocused();
  await expect(page.getByText("Use 2 to 16 letters and digits, a letter first.")).toBeVisible();
  await save("acme");
  const retired = page.getByRole("listitem").filter({ hasText: "lk_" });
  await expect(retired).toContainText("not ended");
  await expect(retired.getByRole("button")).toHaveCount(0);
  await save("lk");
  await page.getByRole("button", { name: "Remove acme" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "acme_" })).toHaveCount(0);
});

test("a lower ceiling shows what it would do, and is left as it was", async ({ house, adminPage: page }) => {
  await makeToken(house.latchkey, ["--access", "write"]);
  await page.goto("/admin/settings");
  const persons = page.getByRole("group", { name: "Over every person" });
  await persons.getByLabel("May", { exact: true }).selectOption("read");
  await page.getByRole("button", { name: "Save ceilings" }).click();
  const panel = page.getByRole("region", { name: "Before you save the ceilings", exact: true });
  await expect(panel).toContainText("could no longer write");
  await panel.getByRole("button", { name: "Not yet" }).click();
  await expect(panel).toBeHidden();
  await page.reload();
  await expect(persons.getByLabel("May", { exact: true })).toHaveValue("write");
});

test("ranges that no network is keep what was typed; who would be outside is told before they are saved", async ({
  adminPage: page,
}) => {
  await page.goto("/admin/settings");
  const ranges = page.getByLabel("Requests pass only from");
  const rate = page.getByRole("group", { name: "All tokens of one owner together" });
  const press = async (text: string, often = "") => {
    await ranges.fill(text);
    await rate.getByLabel("A minute").fill(often);
    await rate.getByLabel("At once").fill(often);
    await page.getByRole("button", { name: "Save limits" }).click();
  };
  const save = async (text: string, often?: string) => {
    const answered = page.waitForResponse((response) => response.request().method() === "PATCH");
    await press(text, often);
    await answered;
  };
  await press("nowhere at all");
  await expect(page.getByText("There is no network nowhere at all.")).toBeVisible();
  await expect(ranges).toHaveValue("nowhere at all");
  await press("192.0.2.0/24");
  const panel = page.getByRole("region", { name: "Before you save the limits", exact: true });
  await expect(panel.getByRole("heading")).toBeFocused();
  await expect(panel).toContainText("You are at");
  // Another draft is on its way: what was shown of the first can be saved no more.
  await press("nowhere at all");
  await expect(page.getByText("There is no network nowhere at all.")).toBeVisible();
  await expect(panel).toBeHidden();
  await press("192.0.2.0/24");
  await expect(panel.getByRole("heading")).toBeFocused();
  await expectAccessible(page, "settings, before ranges are saved");
  await panel.getByRole("button", { name: "Not yet" }).click();
  await expect(panel).toBeHidden();
  await expect(ranges).toHaveValue("192.0.2.0/24");
  // Who cannot be told whom it turns away is told that, and may save.
  const preview = "**/api/v1/lockouts/preview";
  await page.route(preview, (route) => route.fulfill({ status: 503, json: { code: "unavailable" } }));
  await press("0.0.0.0/0\n::/0", "6000");
  await expect(panel).toContainText("cannot be foreseen");
  const answered = page.waitForResponse((response) => response.request().method() === "PATCH");
  await panel.getByRole("button", { name: "Save" }).click();
  await answered;
  await page.unroute(preview);
  await page.reload();
  await expect(ranges).toHaveValue("0.0.0.0/0\n::/0");
  await expect(rate.getByLabel("A minute")).toHaveValue("6000");
  await save("");
  await page.reload();
  await expect(ranges).toHaveValue("");
});

test("a network that the limits name says whom other ranges would turn away, before they are saved", async ({
  house,
  adminPage: page,
}) => {
  const whole = ["--range", "0.0.0.0/0", "--range", "::/0"];
  const { id } = await house.latchkey.cli(["network", "create", "--name", "whole", ...whole]);
  await house.latchkey.cli(["settings", "edit", "--range", "whole"]);
  await page.goto(`/admin/networks/${id}`);
  await page.getByLabel("Address ranges").fill("192.0.2.0/24");
  await page.getByRole("button", { name: "Save" }).click();
  const panel = page.getByRole("region", { name: "Before you save" });
  await expect(panel.getByRole("heading")).toBeFocused();
  await expect(panel).toContainText("You are at");
  await expectAccessible(page, "network, before it is saved");
  await panel.getByRole("button", { name: "Not yet" }).click();
  await expect(panel).toBeHidden();
  await house.latchkey.cli(["settings", "edit", "--json", "-"], JSON.stringify({ ranges: [] }));
});
