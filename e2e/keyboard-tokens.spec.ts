import type { Page } from "@playwright/test";
import { expect, openPage, test } from "./fixtures";
import { ADMIN, makeToken, USER } from "./house";
import { arrive, choose, leave, pick, press, tabTo, tick, type, unfold } from "./keys";
import { rowsOf } from "./rows";

/** What asks who it is when the session is older than ten minutes is answered by keyboard too. */
async function confirmUntil(page: Page, done: ReturnType<Page["getByRole"]>): Promise<void> {
  const password = page
    .getByRole("dialog", { name: "Confirm that it is you" })
    .getByRole("textbox", { name: "Password" });
  await expect(password.or(done).first()).toBeVisible();
  if (!(await password.isVisible())) return;
  await expect(password).toBeFocused();
  await page.keyboard.type(ADMIN.password);
  await page.keyboard.press("Enter");
  await expect(done).toBeVisible();
}

test("a secret that was found is looked up and revoked by keyboard", async ({ house, adminPage: page }) => {
  const { secret } = await makeToken(house.latchkey);
  await page.goto("/admin/tokens");
  await arrive(page, "Token manager");
  await type(page, "Search tokens", secret, "searchbox");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Find by secret" });
  await expect(dialog.getByLabel("Secret")).toBeFocused();
  await leave(page, dialog, page.getByRole("searchbox", { name: "Search tokens" }));
  await page.keyboard.type(secret);
  await page.keyboard.press("Enter");
  await press(page, "button", "Find", dialog);
  await confirmUntil(page, dialog.getByText("It belongs to ada."));
  await press(page, "button", "Revoke it …", dialog);
  const revoking = page.getByRole("alertdialog");
  await expect(revoking.getByRole("button", { name: "Keep it" })).toBeFocused();
  await type(page, /^Note/, "Found in a public repository", "textbox", revoking);
  await press(page, "button", "Revoke for good", revoking);
  await expect(page.getByText("Stopped everywhere.")).toBeVisible();
  await expect(page.getByRole("searchbox", { name: "Search tokens" })).toBeFocused();
});

test("tokens are filtered, chosen on two pages and revoked by keyboard", async ({ house, adminPage: page }) => {
  test.setTimeout(600_000); // a page of fifty tokens has two hundred stops
  await house.latchkey.cli(["user", "create", "--username", "many.keys", "--group", "api-users"]);
  await rowsOf(
    house.latchkey,
    `INSERT INTO tokens (id, owner_id, name, digest, hint, created_by, secret_born_at, grant_by, all_applications, access)
     SELECT gen_random_uuid(), u.id, 'Keys ' || lpad(n::text, 2, '0'), sha256(('keys' || n)::bytea), 'lk_…', 'root.admin', now(),
       'tier', true, 'write'
     FROM users u, generate_series(1, 60) AS n WHERE u.username = 'many.keys'`,
  );
  await page.goto("/admin/tokens?q=Keys&sort=name");
  await arrive(page, "Token manager");
  await unfold(page, "Filter");
  const may = page.getByRole("combobox", { name: "May", exact: true });
  await tabTo(page, "combobox", "May");
  await page.keyboard.press("Escape");
  await expect(may).toBeHidden();
  await expect(page.locator("summary").filter({ hasText: "Filter" })).toBeFocused();
  await page.keyboard.press("Enter");
  await pick(page, "May", "write");
  await press(page, "button", "Show");
  await expect(page.getByRole("link", { name: "Remove the filter May" })).toBeVisible();
  await arrive(page, "Token manager");

  await tick(page, "Select Keys 01");
  await press(page, "link", "Next");
  await expect(page.getByRole("checkbox", { name: "Select Keys 60" })).toBeVisible();
  await arrive(page, "Token manager");
  await tick(page, "Select Keys 51");
  const bar = page.getByRole("region", { name: "Selected tokens" });
  await expect(bar.getByRole("status")).toHaveText("2 selected");
  // Not after all the other rows: one press leads to a way to the bar.
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Go to the 2 selected" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(bar).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(bar.getByRole("button", { name: /^Select all/ })).toBeFocused();
  await press(page, "button", /^Select all/, bar);
  await expect(bar.getByRole("status")).toHaveText("60 selected");
  await press(page, "button", "Only the 2 chosen", bar);
  await expect(bar.getByRole("status")).toHaveText("2 selected");
  await press(page, "button", "Revoke", bar);
  const dialog = page.getByRole("alertdialog", { name: "Revoke 2 tokens?" });
  await expect(dialog).toBeVisible();
  await leave(page, dialog, bar.getByRole("button", { name: "Revoke" }));
  await page.keyboard.press("Enter");
  await press(page, "button", "Revoke 2 for good", dialog);
  await confirmUntil(page, page.getByText("2 tokens are revoked."));
  await page.goto("/admin/tokens?q=Keys");
  await arrive(page, "Token manager");
  await tick(page, "Select all on this page");
  await press(page, "button", "Select nothing", bar);
  await expect(bar).toHaveCount(0);
  await expect(page.locator("#main")).toBeFocused();
});

test("a token is issued for somebody, its link copied, and claimed, all by keyboard", async ({
  browser,
  house,
  adminPage: page,
}) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/admin/tokens");
  await arrive(page, "Token manager");
  await press(page, "link", "Token for somebody");
  await arrive(page, "Token for somebody else");
  await type(page, "Search people and service accounts", USER.username, "searchbox");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=ada/);
  await press(page, "link", USER.username);
  await expect(page).toHaveURL(/owner=/);
  await arrive(page, /ada/);
  await type(page, "Name", "Sent by keyboard");
  await choose(page, /^Jira/);
  await press(page, "button", "Create and get the link");
  const title = page.getByRole("heading", { name: "Sent by keyboard waits for its owner" });
  await confirmUntil(page, title);
  await expect(title).toBeFocused();
  await press(page, "button", "Copy the link");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await expect(page.getByLabel("Claim link", { exact: true })).toHaveText(link);

  const theirs = await openPage(browser, { baseURL: house.latchkey.portalUrl });
  await theirs.goto(link);
  await arrive(theirs, "Sign in");
  await type(theirs, "Username", USER.username);
  await type(theirs, "Password", USER.password);
  await theirs.keyboard.press("Enter");
  await expect(theirs.getByRole("button", { name: "Make the secret and show it" })).toBeEnabled();
  await press(theirs, "button", "Make the secret and show it");
  await expect(theirs.getByRole("heading", { name: "Sent by keyboard is ready" })).toBeFocused();
  await tabTo(theirs, "button", "Copy the secret");
  await theirs.context().close();
});
