import { makeApplication, openApplication } from "./application-form";
import { expect, test } from "./fixtures";
import { USER } from "./house";
import { changes, drawsAnew, hold, saves } from "./typing";

test("what is typed in one form while another is saved stays, and is no conflict", async ({
  house: {
    latchkey: { cli },
  },
  adminPage: page,
}) => {
  try {
    await page.goto("/admin/settings");
    const rate = (whose: string) => page.getByRole("group", { name: whose });
    const owners = rate("All tokens of one owner together");
    const failures = rate("Failures of one address");
    await owners.getByLabel("A minute").fill("6000");
    await owners.getByLabel("At once").fill("600");
    await page.getByLabel("New secrets begin with").fill("stays");
    const refresh = await hold(page, drawsAnew);
    await refresh.press("Save prefix");
    await failures.getByLabel("A minute").fill("50");
    await failures.getByLabel("At once").fill("10");
    await refresh.comes();
    await expect(page.getByRole("listitem").filter({ hasText: "lk_" })).toBeVisible();
    await expect(owners.getByLabel("A minute")).toHaveValue("6000");
    await expect(failures.getByLabel("At once")).toHaveValue("10");
    await saves(page, "Save limits");
    await page.reload();
    await expect(owners.getByLabel("At once")).toHaveValue("600");
    await expect(failures.getByLabel("A minute")).toHaveValue("50");
  } finally {
    const before = { tokenPrefix: "lk", ownerRate: null, failureRate: null };
    await cli(["settings", "edit", "--json", "-"], JSON.stringify(before));
    await cli(["settings", "edit", "--json", "-"], JSON.stringify({ retiredPrefixes: [] }));
  }
});

test("who types on in the form that they have just saved loses no letter, wherever they are in it", async ({
  house,
  adminPage: page,
}) => {
  await makeApplication(house, "typed", "Typed");
  await openApplication(page, "Typed");
  const name = page.getByLabel("Name", { exact: true });
  const paths = page.getByLabel(/^Further paths for tokens/);
  await name.fill("Typed once");
  const first = await hold(page, drawsAnew);
  await first.press("Save");
  await paths.pressSequentially("/first");
  await first.comes();
  await expect(page.getByRole("heading", { name: "Typed once", level: 1 })).toBeVisible();
  await page.keyboard.type("/half");
  await expect(paths).toHaveValue("/first/half");
  await saves(page, "Save");

  // What nobody has touched is drawn anew, and nobody falls out of it.
  await name.fill("  Typed twice");
  await page.getByText("Exceptions from block").click();
  const users = page.getByLabel("Passwords of these users");
  const second = await hold(page, drawsAnew);
  await second.press("Save");
  await users.click();
  await second.comes();
  await expect(name).toHaveValue("Typed twice");
  await page.keyboard.type("legacy.bot");
  await expect(users).toHaveValue("legacy.bot");
  await saves(page, "Save");
  await page.reload();
  await expect(paths).toHaveValue("/first/half");
  await expect(users).toHaveValue("legacy.bot");
});

test("a gateway's new secret takes away nothing that is typed about the gateway, and is no conflict", async ({
  house: { latchkey },
  adminPage: page,
}) => {
  const made = await latchkey.cli([
    "gateway",
    "create",
    "--key",
    "typed",
    "--adapter",
    "nginx",
    "--application",
    "jira",
  ]);
  await page.goto(`/admin/gateways/${made.id}`);
  const peers = page.getByLabel("Calls from");
  await peers.fill("192.0.2.0/24");
  await page.getByRole("button", { name: "Rotate secret" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Rotate" }).click();
  await page.getByRole("button", { name: "I have it" }).click();
  await expect(page.getByText("Its secret was rotated")).toBeVisible();
  await expect(peers).toHaveValue("192.0.2.0/24");
  await saves(page, "Save");
  await page.reload();
  await expect(peers).toHaveValue("192.0.2.0/24");
});

test("who names the next member while one is being added goes on with that name", async ({
  house,
  adminPage: page,
}) => {
  const { id } = await house.latchkey.cli(["group", "create", "--name", "typists"]);
  await page.goto(`/admin/groups/${id}`);
  const users = page.getByLabel("Add members");
  await users.fill(USER.username);
  const answer = await hold(page, changes);
  await answer.press("Add");
  await users.fill("grace");
  await answer.comes();
  await expect(page.getByText("1 in typists now.")).toBeVisible();
  await expect(users).toHaveValue("grace");
  await users.fill(USER.username);
  await saves(page, "Add");
  await expect(users).toHaveValue("");
});
