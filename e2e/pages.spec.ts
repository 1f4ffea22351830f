import { expectAccessible } from "./accessible";
import { expect, openPage, test } from "./fixtures";
import { firstId, makeCrew, makeNetwork, makeToken } from "./house";

const SIZES = { phone: { width: 360, height: 740 }, desk: { width: 1440, height: 900 } };
const SCHEMES = ["light", "dark"] as const;
/** Every page of this version, and who looks at it. `setup` is looked at in its own installation (first-run.spec.ts). */
const PAGES: readonly { path: string; as: "nobody" | "user" | "admin" }[] = [
  { path: "/sign-in", as: "nobody" },
  { path: "/help", as: "nobody" },
  { path: "/help?q=revoke", as: "nobody" },
  { path: "/help?q=nothing-like-it", as: "nobody" },
  { path: "/help/refusals", as: "nobody" },
  { path: "/help/api", as: "nobody" },
  { path: "/help/api/{chapter}", as: "user" }, // its chapters are all drawn by the same parts
  { path: "/help/api/objects", as: "nobody" },
  { path: "/nowhere", as: "nobody" },
  { path: "/tokens", as: "user" },
  { path: "/tokens/new", as: "user" },
  { path: "/tokens/{id}", as: "user" },
  { path: "/tokens/{id}/edit", as: "user" },
  { path: "/account", as: "user" },
  { path: "/claim", as: "user" },
  { path: "/admin/tokens/new", as: "admin" },
  { path: "/admin/tokens/new?q=nothing-like-it", as: "admin" },
  { path: "/admin/tokens/new?owner={user}", as: "admin" },
  { path: "/overview", as: "user" },
  { path: "/overview", as: "admin" },
  { path: "/admin/tokens", as: "admin" },
  { path: "/admin/tokens?q=nothing-like-it", as: "admin" },
  { path: "/admin/tokens?view=open&sort=owner", as: "admin" },
  { path: "/admin/users", as: "admin" },
  { path: "/admin/users?kind=service&maintainer=none", as: "admin" },
  { path: "/admin/users?q=nothing-like-it", as: "admin" },
  { path: "/admin/users/new", as: "admin" },
  { path: "/admin/users/new?kind=service", as: "admin" },
  { path: "/admin/users/{user}", as: "admin" },
  { path: "/admin/users/{user}/edit", as: "admin" },
  { path: "/admin/groups", as: "admin" },
  { path: "/admin/groups/new", as: "admin" },
  { path: "/admin/groups/{group}", as: "admin" },
  { path: "/admin/policies", as: "admin" },
  { path: "/admin/policies/new", as: "admin" },
  { path: "/admin/policies/simulate", as: "admin" },
  { path: "/admin/policies/{policy}", as: "admin" },
  { path: "/admin/delegations", as: "admin" },
  { path: "/admin/delegations/new", as: "admin" },
  { path: "/admin/delegations/{delegation}", as: "admin" },
  { path: "/admin/networks", as: "admin" },
  { path: "/admin/networks/new", as: "admin" },
  { path: "/admin/audit", as: "admin" },
  { path: "/admin/audit?q=nothing-like-it", as: "admin" },
  { path: "/admin/audit/{event}", as: "admin" },
  { path: "/admin/networks/{network}", as: "admin" },
  { path: "/admin/applications", as: "admin" },
  { path: "/admin/applications/new", as: "admin" },
  { path: "/admin/applications/{application}", as: "admin" },
  { path: "/admin/applications/{application}/connect", as: "admin" },
  { path: "/admin/gateways", as: "admin" },
  { path: "/admin/explain", as: "admin" },
  { path: "/admin/gateways/new", as: "admin" },
  { path: "/admin/gateways/{gateway}", as: "admin" },
  { path: "/admin/settings", as: "admin" },
];

/** What stands in an address in braces; made once, the pages of one thing have to show something. */
const there = test.extend<object, { ids: Readonly<Record<string, string>> }>({
  ids: [
    async ({ house }, use) => {
      const { id } = await makeToken(house.latchkey);
      const network = await makeNetwork(house.latchkey, "pages");
      const { user, group } = await makeCrew(house.latchkey, "pages");
      const gateway = await firstId(house.latchkey, "gateway");
      const application = await firstId(house.latchkey, "application");
      const policy = await firstId(house.latchkey, "policy");
      const delegation = await firstId(house.latchkey, "delegation");
      await use({
        id,
        network: network.id,
        user,
        group,
        gateway,
        application,
        policy,
        delegation,
        event: "1",
        chapter: "tokens",
      });
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

there.describe.configure({ mode: "parallel" });
for (const { path, as } of PAGES) {
  there(
    `${path} is accessible to ${as} and fits, on a phone and on a desk, in light and in dark, and logs no error`,
    async ({ browser, house, ids, adminSession, userSession }) => {
      const sessions = { nobody: {}, user: { storageState: userSession }, admin: { storageState: adminSession } };
      const look = { baseURL: house.latchkey.portalUrl, reducedMotion: "reduce" } as const;
      const page = await openPage(browser, { ...look, ...sessions[as] });
      const loads: string[] = [];
      const said: string[] = []; // a script without a nonce is told here too
      page.on("console", (message) => message.type() === "error" && said.push(message.text()));
      page.on("pageerror", (error) => said.push(String(error)));
      page.on("load", () => loads.push(page.url()));
      await page.goto(path.replace(/\{(\w+)\}/, (_all, name: string) => ids[name] ?? ""));
      const papers = new Set<string>();
      for (const [size, viewport] of Object.entries(SIZES)) {
        await page.setViewportSize(viewport);
        for (const colorScheme of SCHEMES) {
          await page.emulateMedia({ colorScheme });
          await expectAccessible(page, `${path} on a ${size} in ${colorScheme}`);
          papers.add(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
        }
      }
      expect(loads, "it is loaded once").toHaveLength(1);
      expect(papers.size, "light and dark are two looks").toBe(2);
      expect(said.filter((error) => path !== "/nowhere" || !error.includes("404"))).toEqual([]);
      await page.context().close();
    },
  );
}

test("dialogs are accessible too, and Escape leaves them with nothing done", async ({ house, userPage }) => {
  await makeToken(house.latchkey);
  await userPage.goto("/tokens");
  for (const verb of ["Revoke", "Rotate"]) {
    const button = userPage.getByRole("button", { name: `${verb} By hand` }).first();
    await button.click();
    const dialog = userPage.getByRole(verb === "Revoke" ? "alertdialog" : "dialog");
    await expect(dialog).toBeVisible();
    await expectAccessible(userPage, verb);
    await userPage.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(button).toBeFocused();
  }
});
