import { startJira } from "#test/upstreams/jira";
import { jiraClient, patiently, refusalOf } from "#test/upstreams/jira-clients";
import { type Nginx, startNginx } from "#test/upstreams/nginx";
import { expectAccessible } from "./accessible";
import { expect, makeTokenIn, openPage, test } from "./fixtures";
import { ADMIN, furnish } from "./house";
import { startInstallation } from "./installation";
import { setUpApp } from "./second-factor";

test("from a fresh start to a token that works: set-up link, first administrator, token, first request", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const latchkey = await startInstallation();
  const jira = await startJira();
  let nginx: Nginx | null = null;
  const page = await openPage(browser, { baseURL: latchkey.portalUrl });
  try {
    const link = await latchkey.setupLink();
    await page.goto(link);
    await expect(page.getByText("Set-up code taken from the link")).toBeVisible();
    // The router writes the address anew when it has read the page again: not the one that it began with.
    await page.evaluate(`
      const replace = history.replaceState;
      history.replaceState = (...all) => { replace.apply(history, all); document.body.dataset.written = "yes"; };
      next.router.refresh();
    `);
    await expect(page.locator("body")).toHaveAttribute("data-written", "yes");
    await expect.poll(() => page.url()).not.toContain(link.split("#")[1] ?? "#"); // gone from the address bar and the history
    for (const colorScheme of ["light", "dark"] as const) {
      for (const width of [360, 1440]) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: 900 });
        await expectAccessible(page, `/setup, ${colorScheme}, ${width}`);
      }
    }
    await page.getByLabel("Username").fill(ADMIN.username);
    await page.getByLabel("Password").fill(ADMIN.password);
    await page.getByLabel("Again").fill(ADMIN.password);
    await expect(page.getByRole("radio", { name: /Members of api-users/ })).toBeChecked();
    await page.getByRole("button", { name: "Create and go on" }).click();
    await expect(page.getByRole("heading", { name: "Add a second factor", level: 1 })).toBeVisible();
    await setUpApp(page);
    await page.getByRole("button", { name: "I have kept them" }).click();
    await expect(page.getByRole("heading", { name: "My tokens", level: 1 })).toBeVisible();

    const gatewaySecret = await furnish(latchkey);
    nginx = await startNginx({
      verifierPorts: [latchkey.verifierPort],
      gatewaySecret,
      upstreamPort: jira.port,
      portalUrl: latchkey.portalUrl,
    });
    await page.setViewportSize({ width: 1440, height: 900 });
    const secret = await makeTokenIn(page, "Release notes", "Jira");
    const first = page.getByRole("region", { name: "First request" });
    await expect(first).toContainText("Waiting for the first request");
    const client = jiraClient(nginx.port, ADMIN.username, secret);
    expect(await patiently(() => client.search())).toBe(1);
    await expect(first).toContainText("It works");
    expect(await refusalOf(patiently(() => client.create()))).toContain("This token may only read");

    await page.goto(link); // dead for ever after the first administrator
    await expect(page.getByRole("button", { name: "Create and go on" })).toBeHidden();
  } finally {
    await page.context().close();
    await Promise.all([nginx?.stop(), jira.stop(), latchkey.stop()]);
  }
});
