import { expect, knock, openPage, test } from "./fixtures";
import { makeToken } from "./house";
import { arrive, choose, leave, press, type, unfold } from "./keys";
import { addApp, nextCode } from "./second-factor";

const PASSWORD = "eleven grey geese by the mill";

test("signing in with a second factor needs no mouse, and what is wrong has the focus", async ({ browser, house }) => {
  const username = "keys.only";
  await house.latchkey.cli(["user", "create", "--username", username, "--password-stdin"], PASSWORD);
  const page = await openPage(browser, { baseURL: house.latchkey.portalUrl });
  await knock(page, { username, password: PASSWORD });
  await arrive(page, "My tokens");
  const app = await addApp(page.request, house.latchkey.portalUrl);
  await page.context().clearCookies();

  await page.goto("/sign-in");
  await arrive(page, "Sign in");
  await type(page, "Username", username);
  await type(page, "Password", "not the password at all");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Password")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Password")).toBeFocused();
  await type(page, "Password", PASSWORD);
  await page.keyboard.press("Enter");
  const code = page.getByLabel("Code", { exact: true });
  await expect(code).toBeFocused();
  await page.keyboard.type("000000");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/This is wrong, or was used before/)).toBeVisible();
  await expect(code).toBeFocused();
  await type(page, "Code", nextCode(app));
  await page.keyboard.press("Enter");
  await arrive(page, "My tokens");
  await page.context().close();
});

test("making a token with all that can be said about it, copying its secret and revoking it needs no mouse", async ({
  userPage: page,
}) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/tokens");
  await arrive(page, "My tokens");
  await press(page, "link", "New token");
  await arrive(page, "New token");
  await type(page, "Name", "By keyboard");
  await choose(page, /^Jira/);
  await choose(page, /^Everything you can change/);
  await choose(page, /^Address ranges/);
  await type(page, "Address ranges", "10.0.0.0/99");
  await choose(page, "30 days");
  await unfold(page, "More");
  await type(page, /^Labels/, "night, build");
  await press(page, "button", "Create");
  await expect(page.getByRole("textbox", { name: "Address ranges" })).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("10.0.0.0/8");
  await press(page, "button", "Create");
  await expect(page.getByRole("heading", { name: "By keyboard is ready" })).toBeFocused();
  await press(page, "button", "Copy the secret");
  await expect(page.getByRole("button", { name: "Copied" })).toBeFocused();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  await expect(page.getByLabel("Secret", { exact: true })).toHaveText(copied);

  await page.goto("/tokens");
  await arrive(page, "My tokens");
  const opener = page.getByRole("button", { name: "Revoke By keyboard" });
  await press(page, "button", "Revoke By keyboard");
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByRole("button", { name: "Keep it" })).toBeFocused(); // the gentle answer first
  await leave(page, dialog, opener);
  await page.keyboard.press("Enter");
  await press(page, "button", "Revoke for good", dialog);
  await expect(page.getByText("Stopped everywhere.")).toBeVisible();
  await expect(opener).toHaveCount(0);
  await expect(page.locator("#main")).toBeFocused(); // its row is gone: the page itself is the next best place
});

test("rotating needs no mouse, and the new secret is where the focus is", async ({ house, userPage: page }) => {
  const { id } = await makeToken(house.latchkey);
  await page.goto(`/tokens/${id}`);
  await arrive(page, "By hand");
  const opener = page.getByRole("button", { name: "Rotate" });
  await press(page, "button", "Rotate");
  const dialog = page.getByRole("dialog");
  await leave(page, dialog, opener);
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("button", { name: "Rotate" })).toBeFocused();
  await choose(page, /24 hours|1 day/, dialog);
  await press(page, "button", "Rotate", dialog);
  await expect(page.getByRole("button", { name: "Copy the secret" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Copied" })).toBeFocused();
  await press(page, "button", "Done");
  await expect(page.getByRole("alertdialog")).toBeHidden();
  await expect(page.locator("#main").or(opener).and(page.locator(":focus"))).toBeVisible();
});
