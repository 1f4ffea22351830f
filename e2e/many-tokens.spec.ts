import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./fixtures";
import { USER } from "./house";
import type { Installation } from "./installation";
import { rowsOf } from "./rows";

/** Sixty tokens, more than a page: the command line would make one a second. */
const makeMany = (latchkey: Installation) =>
  rowsOf(
    latchkey,
    `INSERT INTO tokens (id, owner_id, name, digest, hint, created_by, secret_born_at, grant_by, all_applications, access)
     SELECT gen_random_uuid(), u.id, 'Batch ' || lpad(n::text, 2, '0'), sha256(('batch' || n)::bytea), 'lk_…', '${USER.username}',
       now(), 'tier', true, 'read'
     FROM users u, generate_series(1, 60) AS n WHERE u.username = '${USER.username}'`,
  );

const outcome = async (page: Page, sentence: string) => {
  await page.waitForURL((url) => url.pathname.startsWith("/admin/tokens/operations/"));
  await expect(page.getByText(sentence)).toBeVisible();
};
const choose = (page: Page, name: string) => page.getByRole("row").getByRole("checkbox", { name: `Select ${name}` });
const bar = (page: Page) => page.getByRole("region", { name: "Selected tokens" });

test("tokens chosen on two pages are suspended, go on, and all that match are revoked", async ({
  house,
  adminPage: page,
}) => {
  await makeMany(house.latchkey);
  await page.goto("/admin/tokens?q=Batch&sort=name");
  await choose(page, "Batch 01").focus();
  await page.keyboard.press("Space");
  await page.getByRole("link", { name: "Next" }).click();
  await choose(page, "Batch 60").check();
  await page.reload();
  await expect(bar(page).getByText("2 selected")).toBeVisible();
  await expectAccessible(page, "selected");

  await bar(page).getByRole("button", { name: "Suspend" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("alertdialog", { name: "Suspend 2 tokens?" });
  await expect(dialog.getByText("2 tokens of one owner stop until they are resumed.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Keep them going" })).toBeFocused();
  await expectAccessible(page, "suspending");
  await dialog.getByRole("button", { name: "Suspend 2" }).click();
  await outcome(page, "2 tokens are suspended.");
  await expect(page.getByText("Stopped everywhere.")).toBeVisible();
  await expectAccessible(page, "suspended");

  await page.goto("/admin/tokens?view=all&q=Batch&status=suspended");
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await bar(page).getByRole("button", { name: "Resume" }).click();
  await page.getByRole("button", { name: "Resume 2" }).click();
  await outcome(page, "2 tokens go on.");

  await page.goto("/admin/tokens?q=Batch&sort=name");
  await choose(page, "Batch 02").check();
  await bar(page).getByRole("button", { name: "Select all 60" }).click();
  await bar(page).getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("button", { name: "Revoke 60 for good" }).click();
  await outcome(page, "60 tokens are revoked.");
  await page.goto("/admin/tokens?q=Batch");
  await expect(page.getByText("Nothing that passes this filter matches “Batch”.")).toBeVisible();
});
