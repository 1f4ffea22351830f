import {
  type APIRequestContext,
  type Browser,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from "@playwright/test";
import { ADMIN, type House, openHouse, USER } from "./house";
import { addApp } from "./second-factor";

/** Cookies of somebody who has signed in. */
type Session = Awaited<ReturnType<APIRequestContext["storageState"]>>;
type Account = { readonly username: string; readonly password: string };

type Fixtures = {
  /** A page of the administrator, signed in. */
  adminPage: Page;
  /** A page of a user of tier *API users*, signed in. */
  userPage: Page;
  /** What that user's browser can ask of the API. */
  userRequest: APIRequestContext;
};
type WorkerFixtures = {
  /** Opened once for a worker; tests that hurt an installation open one of their own. */
  house: House;
  adminSession: Session;
  userSession: Session;
};

export const test = base.extend<Fixtures, WorkerFixtures>({
  house: [
    async ({ browser: _browser }, use) => {
      const house = await openHouse();
      await use(house);
      await house.stop();
    },
    { scope: "worker", timeout: 300_000 },
  ],
  adminSession: [async ({ browser, house }, use) => use(await adminSessionOf(browser, house)), { scope: "worker" }],
  userSession: [async ({ browser, house }, use) => use(await sessionOf(browser, house, USER)), { scope: "worker" }],
  page: async ({ page }, use) => use(patient(page)),
  adminPage: async ({ browser, house, adminSession }, use) => {
    const page = await openPage(browser, { baseURL: house.latchkey.portalUrl, storageState: adminSession });
    await use(page);
    await page.context().close();
  },
  userPage: async ({ browser, house, userSession }, use) => {
    const page = await openPage(browser, { baseURL: house.latchkey.portalUrl, storageState: userSession });
    await use(page);
    await page.context().close();
  },
  userRequest: async ({ playwright, house, userSession }, use) => {
    const context = await playwright.request.newContext({
      baseURL: house.latchkey.portalUrl,
      storageState: userSession,
    });
    await use(context);
    await context.dispose();
  },
});

export { expect } from "@playwright/test";

/** Waits until the page's script has come: none of its buttons waits for it any more. */
export const script = (page: Page) =>
  expect(page.locator("[data-waits], [aria-haspopup=dialog]:disabled")).toHaveCount(0);

/** A page in a browser context of its own: nobody else's cookies. */
export const openPage = async (browser: Browser, options: BrowserContextOptions): Promise<Page> =>
  patient(await (await browser.newContext(options)).newPage());

/**
 * What is chosen, typed or pressed before a page's script has come may be lost, and on a slow machine that is luck: this
 * page has come to an address, and has loaded anew, only when its script has too.
 */
function patient(page: Page): Page {
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  page.goto = async (url, options) => {
    const answer = await goto(url, options);
    if (options?.waitUntil !== "commit") await script(page); // who waits for so little wants to be early
    return answer;
  };
  page.reload = async (options) => {
    const answer = await reload(options);
    await script(page);
    return answer;
  };
  return page;
}

async function sessionOf(browser: Browser, { latchkey }: House, account: Account): Promise<Session> {
  const page = await openPage(browser, { baseURL: latchkey.portalUrl });
  await signIn(page, account);
  const session = await page.context().storageState();
  await page.context().close();
  return session;
}

/** An administrator signs in, and has to add a second factor before anything else: then this session has proved one. */
/** The administrator's session, with a second factor added in it. */
export async function adminSessionOf(browser: Browser, { latchkey }: Pick<House, "latchkey">): Promise<Session> {
  const page = await openPage(browser, { baseURL: latchkey.portalUrl });
  await knock(page, ADMIN);
  await page.getByRole("heading", { name: "Add a second factor", level: 1 }).waitFor();
  await addApp(page.request, latchkey.portalUrl);
  const session = await page.context().storageState();
  await page.context().close();
  return session;
}

/** Username and password into the form. */
export async function knock(page: Page, { username, password }: Account): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Signs in through the form, as somebody without a second factor. */
export async function signIn(page: Page, account: Account): Promise<void> {
  await knock(page, account);
  await page.getByRole("heading", { name: "My tokens", level: 1 }).waitFor();
}

/** Fills in *New token* and creates it. @returns the secret that is shown once */
export async function makeTokenIn(page: Page, name: string, application: string, write = false): Promise<string> {
  await page.goto("/tokens/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("radio", { name: new RegExp(`^${application}`) }).check();
  if (write) await page.getByRole("radio", { name: /^Everything you can change/ }).check();
  await page.getByRole("button", { name: "Create" }).first().click();
  await page.getByRole("heading", { name: `${name} is ready` }).waitFor();
  return ((await page.getByLabel("Secret", { exact: true }).textContent()) ?? "").trim();
}
