import { expectAccessible } from "./accessible";
import { expect, makeTokenIn, openPage, test } from "./fixtures";

test("an administrator goes to a page and finds a person by keys alone", async ({ adminPage }) => {
  await adminPage.goto("/tokens");
  await adminPage.keyboard.press("Control+k");
  const box = adminPage.getByRole("combobox", { name: "Go to, or find" });
  await expect(box).toBeFocused();
  await box.fill("audit");
  await expect(adminPage.getByRole("option", { name: "Audit log" })).toBeVisible();
  await adminPage.keyboard.press("Enter");
  await expect(adminPage).toHaveURL(/\/admin\/audit$/);
  await adminPage.getByRole("button", { name: "Go to, or find" }).first().click();
  await box.fill("ADA");
  const found = adminPage.getByRole("group", { name: "People and service accounts" }).getByRole("option").first();
  await expect(found).toContainText("ada");
  await found.click();
  await expect(adminPage).toHaveURL(/\/admin\/users\/[0-9a-f-]{36}$/);
});

test("a pasted secret goes to Find by secret and into no address", async ({ adminPage, userPage }) => {
  const secret = await makeTokenIn(userPage, "For the palette", "Jira");
  const asked: string[] = [];
  adminPage.on("request", (request) => asked.push(request.url()));
  await adminPage.goto("/overview");
  await adminPage.keyboard.press("Control+k");
  await adminPage.getByRole("combobox", { name: "Go to, or find" }).fill(`here: ${secret}`);
  await expect(adminPage.getByRole("dialog", { name: "Find by secret" })).toBeVisible();
  await expect(adminPage.getByLabel("Secret", { exact: true })).toHaveValue(secret);
  await adminPage.getByRole("button", { name: "Find", exact: true }).click();
  await expect(adminPage.getByRole("link", { name: "For the palette" })).toBeVisible();
  expect(asked.filter((url) => url.includes(secret.slice(3, 15)))).toEqual([]);
});

test("whoever manages nobody's tokens finds their own, on a phone in the dark, and sends no secret", async ({
  browser,
  house,
  userSession,
}) => {
  const look = { viewport: { width: 360, height: 740 }, colorScheme: "dark", reducedMotion: "reduce" } as const;
  const page = await openPage(browser, { baseURL: house.latchkey.portalUrl, storageState: userSession, ...look });
  const secret = await makeTokenIn(page, "On the phone", "Jira");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto("/tokens");
  await page.getByRole("button", { name: "Go to, or find" }).click();
  const box = page.getByRole("combobox", { name: "Go to, or find" });
  await box.fill("on the ph");
  await expect(page.getByRole("option", { name: /On the phone/ }).first()).toBeVisible();
  await expectAccessible(page, "the palette on a phone");
  await box.fill(secret);
  await expect(page.getByText("It was not sent anywhere.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(box).toBeHidden();
  await expect(page.getByRole("button", { name: "Go to, or find" })).toBeFocused();
  expect(asked.filter((url) => url.includes(secret.slice(3, 15)))).toEqual([]);
  await page.context().close();
});

/** What performance allows of JavaScript on the first load of *My tokens*, compressed. */
const MOST_BYTES = 180 * 1024;

test("nothing of it is loaded before somebody asks for it, and My tokens stays within its bar of JavaScript", async ({
  userPage,
}) => {
  const sizes: Promise<number>[] = [];
  userPage.on("requestfinished", (request) => {
    if (request.resourceType() !== "script") return;
    sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await userPage.goto("/tokens", { waitUntil: "networkidle" });
  const before = sizes.length;
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  expect(before).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
  await userPage.keyboard.press("Control+k");
  await expect(userPage.getByRole("combobox", { name: "Go to, or find" })).toBeVisible();
  expect(sizes.length).toBeGreaterThan(before);
});
