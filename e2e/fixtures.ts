import { test as base, type Page } from "@playwright/test";
import { ADMIN, type House, openHouse, USER } from "./house";

type Fixtures = {
  /** A page of the administrator, signed in. */
  adminPage: Page;
  /** A page of a user of tier *API users*, signed in. */
  userPage: Page;
};

/** `house` is opened once for a worker; tests that hurt an installation open one of their own. */
export const test = base.extend<Fixtures, { house: House }>({
  house: [
    async ({ browser: _browser }, use) => {
      const house = await openHouse();
      await use(house);
      await house.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  adminPage: async ({ browser, house }, use) => {
    const page = await browser.newPage({ baseURL: house.latchkey.portalUrl });
    await signIn(page, ADMIN);
    await use(page);
    await page.context().close();
  },
  userPage: async ({ browser, house }, use) => {
    const page = await browser.newPage({ baseURL: house.latchkey.portalUrl });
    await signIn(page, USER);
    await use(page);
    await page.context().close();
  },
});

export { expect } from "@playwright/test";

type Account = { readonly username: string; readonly password: string };

/** Signs in through the form. */
export async function signIn(page: Page, { username, password }: Account): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "My tokens", level: 1 }).waitFor();
}

/** Fills in *New token* and creates it. @returns the secret that is shown once */
export async function makeTokenIn(page: Page, name: string, application: string, write = false): Promise<string> {
  await page.goto("/tokens/new");
  await page.getByLabel("Name").fill(name);
  await page.getByRole("radio", { name: application }).check();
  if (write) await page.getByRole("radio", { name: /^Everything you can change/ }).check();
  await page.getByRole("button", { name: "Create" }).first().click();
  await page.getByRole("heading", { name: `${name} is ready` }).waitFor();
  return ((await page.getByLabel("Secret", { exact: true }).textContent()) ?? "").trim();
}
