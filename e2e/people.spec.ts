import { expect, test } from "./fixtures";
import { makeToken } from "./house";
import { askVerifier, bearer } from "./question";

test("a person is made, joins a group, has its tier, and deactivated after a preview their token is refused", async ({
  house,
  adminPage: page,
}) => {
  await page.goto("/admin/users");
  await page.getByRole("link", { name: "New person" }).click();
  await page.getByRole("textbox", { name: "Username", exact: true }).fill("mira.patel");
  await page.getByLabel("Name (optional)", { exact: true }).fill("मीरा पटेल");
  await page.getByRole("button", { name: "Make person" }).click();
  await expect(page.getByRole("heading", { name: "mira.patel", level: 1 })).toBeVisible();
  await expect(page.getByText("No tier matches")).toBeVisible();

  const group = page.getByLabel("Add to a group");
  await group.fill("no-such-group");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(group).toBeFocused();
  await expect(group).toHaveValue("no-such-group");
  await group.fill("api-users");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText("Tier API users, because of the group api-users.")).toBeVisible();
  await expect(page.getByText(/^Added by root\.admin/)).toBeVisible();

  const { secret } = await makeToken(house.latchkey, ["--access", "read"], "mira.patel");
  const answer = async () =>
    (await askVerifier(house.latchkey.verifierPort, house.gatewaySecret, bearer(secret))).status;
  await expect.poll(answer).toBe(200);
  await page.reload();
  await page.getByRole("button", { name: "Deactivate" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("1 token that works");
  await dialog.getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByText("Deactivated", { exact: true })).toBeVisible();
  expect(await answer()).toBe(401);

  await page.getByRole("button", { name: "Reactivate" }).click();
  await expect(page.getByRole("dialog")).toContainText("1 token works again at once");
  await page.getByRole("dialog").getByRole("button", { name: "Reactivate" }).click();
  await expect(page.getByText("Deactivated", { exact: true })).toBeHidden();
  await expect.poll(answer).toBe(200);
});

test("mapping a group to a role says first how many people become what", async ({ house, adminPage: page }) => {
  const { cli } = house.latchkey;
  const { id } = await cli(["group", "create", "--name", "reviewers"]);
  for (const name of ["rev.one", "rev.two"]) await cli(["user", "create", "--username", name, "--group", "reviewers"]);
  await page.goto(`/admin/groups/${id}`);
  await page.getByRole("radio", { name: /^Auditors/ }).check();
  await expect(page.getByText("2 people become auditors.")).toBeVisible();
  await page.getByRole("button", { name: "Map role" }).click();
  await expect(page.getByText("The role auditor")).toBeVisible();
  await page.getByLabel("Add members").fill("rev.one, nobody.here");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText("There is no user nobody.here.")).toBeVisible();
  await expect(page.getByLabel("Add members")).toHaveValue("rev.one, nobody.here");
});
