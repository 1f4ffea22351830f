import { expect, openPage, signIn, test } from "./fixtures";
import { ADMIN, makeToken } from "./house";

const GUEST = { username: "guest.worker", password: "nine copper lamps by the pier" };

test("an administrator signs somebody out of one session on their page, and gives and ends a waiver of their token", async ({
  browser,
  house,
  adminPage: page,
}) => {
  const confirmed = async (done: string) => {
    const password = page.getByRole("dialog").getByRole("textbox", { name: "Password" });
    const said = page.getByText(done).first();
    await expect(password.or(said).first()).toBeVisible();
    if (await password.isVisible()) {
      await password.fill(ADMIN.password);
      await password.press("Enter");
    }
    await expect(said).toBeVisible();
  };
  const person = ["--username", GUEST.username, "--group", "api-users", "--password-stdin"];
  const { id } = await house.latchkey.cli(["user", "create", ...person], GUEST.password);
  const theirs = await openPage(browser, { baseURL: house.latchkey.portalUrl });
  await signIn(theirs, GUEST);
  await theirs.goto("/tokens");
  await expect(theirs.getByRole("heading", { name: "My tokens", level: 1 })).toBeVisible();

  await page.goto(`/admin/users/${String(id)}`);
  await page.getByRole("button", { name: /^Sign out of the session from/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();
  await confirmed("Not signed in anywhere.");
  await theirs.reload();
  await expect(theirs.getByRole("heading", { name: "Sign in", level: 1 })).toBeVisible();
  await theirs.context().close();

  const token = await makeToken(house.latchkey, ["--access", "read"], GUEST.username);
  await page.goto(`/tokens/${token.id}`);
  await page.getByRole("button", { name: "Give a waiver" }).click();
  const inYears = new Date();
  inYears.setUTCFullYear(inYears.getUTCFullYear() + 9);
  await page.getByLabel("Last day").fill(inYears.toISOString().slice(0, 10));
  await page.getByLabel("Why").fill("Migration of the build");
  await page.getByRole("button", { name: "Give it" }).click();
  await confirmed("root.admin: Migration of the build");
  await page.getByRole("button", { name: "End it now" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "End it" }).click();
  await expect(page.getByText("None: it may what its rules let it, and nothing else.")).toBeVisible();
});
