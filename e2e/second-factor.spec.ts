import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, knock, openPage, test } from "./fixtures";
import { nextCode, setUpApp } from "./second-factor";

const PASSWORD = "four paper boats at noon";

const tokens = (page: Page) => page.getByRole("heading", { name: "My tokens", level: 1 });

test("an administrator adds an app before anything else, signs in with its code, and once with a recovery code", async ({
  browser,
  house,
}) => {
  const account = { username: "second.admin", password: PASSWORD };
  await house.latchkey.cli(["admin", "create", "--username", account.username], PASSWORD);
  const page = await openPage(browser, { baseURL: house.latchkey.portalUrl });
  await knock(page, account);
  const add = page.getByRole("heading", { name: "Add a second factor", level: 1 });
  await expect(add).toBeVisible();
  await page.goto("/admin/tokens");
  await expect(add).toBeVisible(); // there is no way around it
  expect((await page.request.get("/api/v1/users")).status()).toBe(403);
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [360, 1440]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 900 });
      await expectAccessible(page, `/second-factor, ${colorScheme}, ${width}`);
    }
  }
  const { secret, codes } = await setUpApp(page);
  await expectAccessible(page, "recovery codes");
  await page.getByRole("button", { name: "I have kept them" }).click();
  await expect(page.getByRole("heading", { name: "Token manager", level: 1 })).toBeVisible(); // where they wanted to go

  await page.context().clearCookies();
  await knock(page, account);
  await expect(page.getByLabel("Code", { exact: true })).toBeFocused();
  await expectAccessible(page, "second step");
  await page.getByLabel("Code", { exact: true }).fill("000000");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText(/This is wrong, or was used before/)).toBeVisible();
  await page.getByLabel("Code", { exact: true }).fill(nextCode(secret));
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(tokens(page)).toBeVisible();

  await page.context().clearCookies();
  await knock(page, account);
  await page.getByLabel("Code", { exact: true }).fill(codes[0] ?? "");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(tokens(page)).toBeVisible();
  await page.goto("/account");
  await expect(page.getByText("9 recovery codes left.")).toBeVisible();
  await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(page.getByText("Signed out everywhere else.")).toBeVisible();
  await page.context().close();
});

test("a passkey is added, signs in beside the password, confirms, and goes again", async ({ browser, house }) => {
  const account = { username: "key.keeper", password: PASSWORD };
  await house.latchkey.cli(["user", "create", "--username", account.username, "--password-stdin"], PASSWORD);
  const page = await openPage(browser, { baseURL: house.latchkey.portalUrl });
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const options = {
    protocol: "ctap2",
    transport: "internal",
    hasResidentKey: true,
    hasUserVerification: true,
  } as const;
  await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: { ...options, isUserVerified: true, automaticPresenceSimulation: true },
  });
  await knock(page, account);
  await expect(tokens(page)).toBeVisible();
  await page.goto("/account");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByRole("button", { name: "I have kept them" }).click();
  const factors = page.getByRole("region", { name: "Second factor" });
  await expect(factors.getByText("Passkey", { exact: true })).toBeVisible();

  await page.context().clearCookies();
  await knock(page, account);
  await page.getByRole("button", { name: "Use your passkey" }).click();
  await expect(tokens(page)).toBeVisible();
  await page.goto("/account");
  await factors.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(factors.getByText("Besides your password")).toBeVisible();
  await page.context().close();
});
