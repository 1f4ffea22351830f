import type { Page } from "@playwright/test";
import { makeApplication, openApplication } from "./application-form";
import { expect, openPage, test } from "./fixtures";
import { ADMIN, USER } from "./house";
import { comesBack, saves } from "./typing";

test("what another administrator changed meanwhile is shown to whom has typed nothing, and is a conflict for whom has", async ({
  house,
  adminPage: page,
  adminSession,
  browser,
}) => {
  const id = await makeApplication(house, "contested", "Contested");
  const idle = await openPage(browser, { baseURL: house.latchkey.portalUrl, storageState: adminSession });
  for (const each of [page, idle]) await openApplication(each, "Contested");
  const name = (of: Page) => of.getByLabel("Name", { exact: true });
  const paths = (of: Page) => of.getByLabel(/^Further paths for tokens/);
  await paths(page).fill("/mine");
  await house.latchkey.cli(["application", "edit", "--id", id, "--json", "-"], JSON.stringify({ name: "Settled" }));
  for (const each of [page, idle]) {
    await comesBack(each);
    await expect(each.getByRole("heading", { name: "Settled", level: 1 })).toBeVisible();
  }
  await expect(name(idle)).toHaveValue("Settled");
  await saves(idle, "Save");
  await expect(paths(page)).toHaveValue("/mine");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Somebody changed this application meanwhile")).toBeVisible();
  await expect(paths(page)).toHaveValue("/mine");
  await page.reload();
  await expect(name(page)).toHaveValue("Settled");
  await expect(paths(page)).toHaveValue("");
  await idle.context().close();
});

const OWN = { maxLifetimeDays: 90, access: "read", applications: "all", maxActive: 3 };
const TIER = { name: "Tried", priority: 640, members: { groups: [] }, use: true, create: "yes", own: OWN };

test("a draft that was only tried is not saved by that: it stays, and is a conflict with what somebody else has saved", async ({
  house,
  adminPage: page,
}) => {
  const { cli } = house.latchkey;
  const made = await cli(["policy", "create", "--json", "-"], JSON.stringify(TIER));
  await page.goto(`/admin/policies/${String(made.id)}`);
  const days = page.getByRole("spinbutton", { name: "Longest lifetime in days" }).first();
  await days.fill("60");
  await page.getByRole("button", { name: "Simulate this draft" }).click();
  await page.getByLabel("Who", { exact: true }).fill(USER.username);
  await page.getByRole("button", { name: "Simulate", exact: true }).click();
  await expect(page.getByText(/^Here it says whether the rules/)).toBeHidden();
  await cli(["policy", "edit", "--id", String(made.id), "--json", "-"], JSON.stringify({ name: "Tried by others" }));
  await comesBack(page);
  await expect(page.getByRole("heading", { name: "Tried by others", level: 1 })).toBeVisible();
  await expect(days).toHaveValue("60");
});

test("a password that was asked for meanwhile saves nothing: what was typed stays, and is a conflict", async ({
  house,
  adminPage: page,
}) => {
  const { cli } = house.latchkey;
  await cli(["user", "create", "--username", "asked.again", "--group", "api-users"]);
  const { items } = await (await page.request.get("/api/v1/users?q=asked.again")).json();
  await page.goto(`/admin/users/${items[0].id}/edit`);
  const name = page.getByRole("textbox", { name: /^Name/ });
  await name.fill("Typed by one");
  await cli(["user", "edit", "--username", "asked.again", "--new-username", "asked.anew"]);
  // As if more than ten minutes had gone by since this session was confirmed: once.
  await page.route(
    `**/api/v1/users/${items[0].id}`,
    (route) =>
      route.fulfill({
        status: 403,
        contentType: "application/problem+json",
        json: { type: "about:blank", title: "Confirm", status: 403, code: "step_up_required", detail: "Confirm." },
      }),
    { times: 1 },
  );
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page
    .getByRole("dialog", { name: "Confirm that it is you" })
    .getByRole("textbox", { name: "Password" })
    .fill(ADMIN.password);
  await page.keyboard.press("Enter");
  await expect(page.getByText(/meanwhile/).first()).toBeVisible();
  await comesBack(page);
  await expect(page.getByRole("heading", { name: "Change asked.anew", level: 1 })).toBeVisible();
  await expect(name).toHaveValue("Typed by one");
});
