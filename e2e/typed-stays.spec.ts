import type { Page, Request } from "@playwright/test";
import { openApplication } from "./application-form";
import { expect, openPage, test } from "./fixtures";
import { ADMIN, type House, USER } from "./house";

const drawsAnew = (request: Request) => {
  const { rsc, "next-router-prefetch": ahead } = request.headers();
  return rsc !== undefined && ahead === undefined;
};
const changes = (request: Request) => ["PUT", "PATCH"].includes(request.method());

/** Holds back the answers to such requests, so that somebody types before they come. */
async function hold(page: Page, which: (request: Request) => boolean) {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**", async (route) => {
    if (which(route.request())) await held;
    await route.fallback();
  });
  return {
    press: async (name: string) => {
      const asked = page.waitForRequest(which);
      await page.getByRole("button", { name, exact: true }).click();
      await asked;
    },
    comes: async () => {
      release();
      await page.unroute("**");
    },
  };
}

async function saves(page: Page, name: string): Promise<void> {
  const answered = page.waitForResponse((answer) => changes(answer.request()));
  await page.getByRole("button", { name, exact: true }).click();
  expect((await answered).status()).toBe(200);
}

/** As somebody comes back to this page after two minutes: it is drawn anew. */
async function comesBack(page: Page): Promise<void> {
  await page.evaluate(() => {
    const now = Date.now;
    Date.now = () => now() + 120_000;
    document.dispatchEvent(new Event("visibilitychange"));
  });
}

async function makeApplication({ latchkey: { cli } }: House, key: string, name: string): Promise<string> {
  const of = [
    "--key",
    key,
    "--name",
    name,
    "--kind",
    "generic",
    "--route",
    `${key}.example.com`,
    "--identity",
    "header",
  ];
  return String((await cli(["application", "create", ...of])).id);
}

test("what is typed in one form while another is saved stays, and is no conflict", async ({
  house: {
    latchkey: { cli },
  },
  adminPage: page,
}) => {
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
  const before = { tokenPrefix: "lk", ownerRate: null, failureRate: null };
  await cli(["settings", "edit", "--json", "-"], JSON.stringify(before));
  await cli(["settings", "edit", "--json", "-"], JSON.stringify({ retiredPrefixes: [] }));
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
  await page.getByRole("dialog", { name: "Confirm that it is you" }).getByLabel("Password").fill(ADMIN.password);
  await page.keyboard.press("Enter");
  await expect(page.getByText(/meanwhile/).first()).toBeVisible();
  await comesBack(page);
  await expect(page.getByRole("heading", { name: "Change asked.anew", level: 1 })).toBeVisible();
  await expect(name).toHaveValue("Typed by one");
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
