import { expect, test } from "./fixtures";
import { makeToken, USER } from "./house";
import { arrive, choose, leave, pick, press, tabTo, tick, type } from "./keys";

test("a tier is made, narrowed after a look at what that does, and put in its place, by keyboard", async ({
  house,
  adminPage: page,
}) => {
  const { cli } = house.latchkey;
  await cli(["group", "create", "--name", "keyboard-crew"]);
  await cli(["user", "create", "--username", "kay.keys", "--group", "keyboard-crew"]);
  await page.goto("/admin/policies");
  await arrive(page, "Policies");
  await press(page, "link", "New tier");
  await arrive(page, /tier/i);
  await type(page, "Name", "Keyboarders");
  await type(page, "Priority", "650", "spinbutton");
  await type(page, "Members", "no-such-group");
  await pick(page, "Its members", "create");
  await type(page, "Longest lifetime in days", "30", "spinbutton");
  await type(page, "Most active tokens", "3", "spinbutton");
  await pick(page, "May", "write");
  await tick(page, "All");
  await press(page, "button", "Make tier");
  await expect(page.getByRole("textbox", { name: "Members" })).toBeFocused(); // there is no such group
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("keyboard-crew");
  await press(page, "button", "Make tier");
  const panel = page.getByRole("region", { name: "Before you save" });
  const before = panel.getByRole("heading", { name: "Before you save" });
  await expect(before).toBeFocused(); // their tier changes
  await press(page, "button", "Save", panel);
  await arrive(page, "Policies");
  await makeToken(house.latchkey, ["--access", "write"], "kay.keys");

  await press(page, "link", "Edit Keyboarders");
  await arrive(page, /Keyboarders/);
  await pick(page, "May", "read");
  const save = page.getByRole("button", { name: "Save", exact: true }).first();
  await press(page, "button", "Save");
  await expect(before).toBeFocused();
  await press(page, "button", "Not yet", panel);
  await expect(panel).toBeHidden();
  await expect(save).toBeFocused();
  await page.keyboard.press("Enter");
  await choose(page, /^Reduce to what is allowed/, panel);
  await press(page, "button", "Save", panel);
  await expect(page.getByText(/^Saved\./)).toBeVisible();
  await expect(save).toBeFocused(); // the form stays as it is, and whoever saved it goes on where they were

  await press(page, "link", "Back to all tiers");
  await arrive(page, "Policies");
  const up = page.getByRole("button", { name: "Move Keyboarders up" });
  await tabTo(page, "button", "Move Keyboarders up");
  const moved = page.getByText(/^Moved Keyboarders to place 1/);
  await expect(async () => {
    await page.keyboard.press("Enter"); // an arrow at the end of its way does nothing
    await expect(moved).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(up).toBeFocused();
});

test("a delegation is made by keyboard", async ({ house, adminPage: page }) => {
  // Of its own: whoever is in it manages somebody's tokens from here on, and so sees other pages than before.
  await house.latchkey.cli(["group", "create", "--name", "night-shift"]);
  await page.goto("/admin/delegations");
  await arrive(page, "Delegations");
  await press(page, "link", "New delegation");
  await arrive(page, /delegation/i);
  await press(page, "button", "Make delegation");
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toBeFocused(); // it needs one
  await page.keyboard.type("Night shift");
  await type(page, "Who has the power", "night-shift");
  await tick(page, /revoke|end/i);
  await type(page, "For whose tokens", "api-users");
  await type(page, "Longest lifetime in days", "30", "spinbutton");
  await type(page, "Most active tokens", "3", "spinbutton");
  await tick(page, "All");
  await press(page, "button", "Make delegation");
  await arrive(page, "Delegations");
  await expect(page.getByText("Night shift").first()).toBeVisible();
});

test("somebody is added to a group and taken out again by keyboard", async ({ house, adminPage: page }) => {
  const { id } = await house.latchkey.cli(["group", "create", "--name", "choir"]);
  await page.goto(`/admin/groups/${id}`);
  await arrive(page, "choir");
  await type(page, "Add members", "nobody.here");
  await press(page, "button", "Add");
  const field = page.getByRole("textbox", { name: "Add members" });
  await expect(field).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(USER.username);
  await press(page, "button", "Add");
  const remove = page.getByRole("button", { name: `Remove ${USER.username}` });
  await expect(remove).toBeVisible();
  await press(page, "button", `Remove ${USER.username}`);
  await leave(page, page.getByRole("dialog", { name: /out of choir/ }), remove);
  await page.keyboard.press("Enter");
  await press(page, "button", "Take out", page.getByRole("dialog"));
  await expect(remove).toHaveCount(0);
  await expect(page.locator("#main")).toBeFocused();
});

test("a ceiling is tried in the settings by keyboard, and left as it was", async ({ house, adminPage: page }) => {
  await house.latchkey.cli(["user", "create", "--username", "kit", "--group", "api-users"]);
  await makeToken(house.latchkey, ["--access", "write"], "kit");
  await page.goto("/admin/settings");
  await arrive(page, "Settings");
  await pick(page, "May", "read", page.getByRole("group", { name: "Over every person" }));
  await press(page, "button", "Save ceilings");
  const panel = page.getByRole("region", { name: "Before you save" });
  await expect(panel.getByRole("heading", { name: "Before you save" })).toBeFocused();
  await press(page, "button", "Not yet", panel);
  await expect(page.getByRole("button", { name: "Save ceilings" })).toBeFocused();
});
