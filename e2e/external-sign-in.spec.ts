import { freePort } from "#server/free-port";
import { expectAccessible } from "./accessible";
import { expect, openPage, test } from "./fixtures";
import { CLIENT, startIdentityProvider } from "./identity-provider";
import { startInstallation } from "./installation";

const PEOPLE = { "olga.ivanova": { name: "Ольга Иванова", groups: ["developers"] }, taken: { name: "Somebody" } };

test("who signs in at the identity provider gets an account, its groups and name; a taken name and a dead provider are told", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const [portal, at] = [await freePort(), await freePort()];
  const portalUrl = `http://localhost:${portal}`;
  const provider = await startIdentityProvider(at, `${portalUrl}/api/auth/callback/oidc`, PEOPLE);
  const oidc = { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret };
  const names = { OIDC_NAME: "Example Corp", PORTAL_PORT: String(portal), LATCHKEY_URL: portalUrl };
  const latchkey = await startInstallation({ ...oidc, ...names });
  const button = { name: "Continue with Example Corp" };
  const enter = async (name: string) => {
    const page = await openPage(browser, { baseURL: portalUrl });
    await page.goto("/sign-in?to=/account");
    await page.getByRole("button", button).click();
    await page.locator("input[name=login]").fill(name);
    await page.locator("input[name=password]").fill("anything");
    await page.locator("button[type=submit]").click();
    await page.locator("button[type=submit]").click(); // and agrees that Latchkey may know
    return page;
  };
  try {
    await latchkey.cli(["admin", "create", "--username", "taken"], "a quiet harbour at dusk");
    const page = await enter("olga.ivanova");
    await expect(page.getByRole("heading", { name: "Account", level: 1 })).toBeVisible(); // where she wanted to go
    const me = await (await page.request.get("/api/v1/me")).json();
    expect(me).toMatchObject({ username: "olga.ivanova", displayName: "Ольга Иванова", source: provider.issuer });
    expect(me.groups).toEqual([`${provider.issuer}:developers`]);
    await page.context().close();

    const refused = await enter("taken");
    await expect(refused.getByText(/belongs to another account here/)).toBeVisible();
    await expectAccessible(refused, "/sign-in with a provider");
    await provider.stop();
    await refused.goto("/sign-in");
    await refused.getByRole("button", button).click();
    await expect(refused.getByText(/with your organisation did not work/)).toBeVisible();
    await refused.context().close();
  } finally {
    await latchkey.stop();
    await provider.stop();
  }
});
