import { expect, openPage, test } from "./fixtures";
import { makeToken } from "./house";
import { walk } from "./walk";

const ADMINS = [
  "/admin/tokens",
  "/admin/policies/new",
  "/admin/settings",
  "/admin/explain",
  "/admin/audit",
  "/overview",
];
const USERS = ["/tokens", "/tokens/new", "/account", "/help"];

test("Tab leads through the busiest pages and out of them, and everywhere one sees where one is", async ({
  browser,
  house,
  adminSession,
  userSession,
}) => {
  for (let count = 0; count < 3; count += 1) await makeToken(house.latchkey);
  for (const [storageState, paths] of [
    [adminSession, ADMINS],
    [userSession, USERS],
  ] as const) {
    const page = await openPage(browser, { baseURL: house.latchkey.portalUrl, storageState, reducedMotion: "reduce" });
    for (const path of paths) {
      for (const width of [360, 1440]) {
        await page.setViewportSize({ width, height: 740 });
        await page.goto(path);
        await page.getByRole("heading", { level: 1 }).first().waitFor();
        const { wrong, stops } = await walk(page);
        expect.soft(wrong, `${path} at ${width}`).toEqual([]);
        expect.soft(stops, `${path} at ${width}`).toBeGreaterThan(5);
      }
    }
    await page.context().close();
  }
});
