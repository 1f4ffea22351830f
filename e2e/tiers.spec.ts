import { waitUntil } from "#test/upstreams/wait-until";
import { expect, test } from "./fixtures";
import { type House, makeToken } from "./house";
import { askVerifier, bearer } from "./question";

/** What the verifier says to a write with this secret. */
const write = ({ latchkey, gatewaySecret }: House, secret: string) =>
  waitUntil("the verifier has decided", async () => {
    const question = { method: "POST", uri: "/rest/api/2/issue" };
    const answer = await askVerifier(latchkey.verifierPort, gatewaySecret, bearer(secret), question);
    return answer.status === 503 ? undefined : answer.status;
  });

test("a tier that is narrowed with a waiver breaks nothing until the waiver ends", async ({
  house,
  adminPage: page,
}) => {
  const { cli } = house.latchkey;
  await cli(["group", "create", "--name", "narrowed"]);
  const own = { maxLifetimeDays: 30, access: "write", applications: "all", maxActive: 3 };
  const members = { groups: ["narrowed"] };
  const tier = { name: "Narrowed", priority: 700, members, use: true, create: "yes", own };
  await cli(["policy", "create", "--json", "-"], JSON.stringify(tier));
  await cli(["user", "create", "--username", "nora", "--group", "narrowed"]);
  const token = await makeToken(house.latchkey, ["--access", "write"], "nora");
  expect(await write(house, token.secret)).toBe(200);

  await page.goto("/admin/policies");
  await expect(page.getByRole("listitem").filter({ hasText: "Narrowed" })).toContainText("Applies to 1 of 1 member.");
  await page.getByRole("link", { name: "Edit Narrowed" }).click();
  await page.getByLabel("May", { exact: true }).first().selectOption("read");
  await page.getByRole("button", { name: "Save" }).click();
  const panel = page.getByRole("region", { name: "Before you save the tier", exact: true });
  await expect(panel).toContainText("1 token of 1 person");
  await page.getByRole("button", { name: "Delete this tier" }).click();
  const deletion = page.getByRole("region", { name: "Before you delete the tier", exact: true });
  await deletion.getByRole("button", { name: "Not yet" }).click();
  await expect(deletion).toBeHidden();
  await expect(panel.getByLabel("Leave them until a date")).toBeChecked();
  await panel.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/^Saved\./)).toBeVisible();
  expect(await write(house, token.secret)).toBe(200);

  const origin = { origin: house.latchkey.portalUrl };
  const ended = await page.request.patch(`/api/v1/tokens/${token.id}/waiver`, {
    data: { until: null },
    headers: origin,
  });
  expect(ended.status()).toBe(200);
  expect(await write(house, token.secret)).toBe(403);
});

test("the order of tiers is changed by keyboard", async ({ adminPage: page }) => {
  await page.goto("/admin/policies");
  await page.getByRole("button", { name: "Move Service accounts up" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText(/Moved Service accounts to place/)).toBeVisible();
});
