import { startNginx } from "#test/upstreams/nginx";
import { API_HOST } from "#test/upstreams/nginx-site";
import { expectAccessible } from "./accessible";
import { expect, test } from "./fixtures";

test("what can be measured of a connection is ticked through the real gateway; without it the page says so", async ({
  adminPage: page,
  house,
}) => {
  const { items } = await house.latchkey.cli(["application", "list"]);
  const all: { key: string; id: string }[] = Array.isArray(items) ? items : [];
  const jira = all.find(({ key }) => key === "jira");
  await page.goto(`/admin/applications/${jira?.id}/connect`);
  const tried = page.getByLabel("What was tried");
  const line = (title: string) => tried.getByRole("listitem").filter({ hasText: title });
  const url = page.getByLabel("Where it is found");
  await expect(page.getByText("a name that nothing has")).toBeVisible(); // said before it is done
  await expect(url).toHaveValue(`https://${API_HOST}`);

  await url.fill("https://elsewhere.example.com");
  await page.getByRole("button", { name: "Try it" }).click();
  await expect(page.getByText("none of the application's own routes")).toBeVisible();
  await expect(url).toBeFocused();

  house.jira.take();
  await url.fill(`http://${API_HOST}:${house.nginx.port}`);
  await page.getByLabel("The application’s own address").fill(`127.0.0.1:${house.jira.port}`);
  // Again where a busy machine missed the verifier's deadline; there is a pause between two runs.
  await expect(async () => {
    await page.getByRole("button", { name: "Try it" }).click();
    await expect(line("A forged X-Latchkey-User is dropped")).toContainText("(seen)", { timeout: 8_000 });
  }).toPass();
  await expect(line("A browser passes")).toContainText("(seen)");
  await expect(line("A read with a token passes")).toContainText("(seen)");
  await expect(line("A write with a read token is refused")).toContainText("refused with 403");
  await expect(line("The gateway tells the right address")).toContainText("127.0.0.1");
  await expect(line("The application’s own port is closed")).toContainText(`127.0.0.1:${house.jira.port} is open`);
  expect(house.jira.take().map(({ method }) => method)).not.toContain("DELETE");
  await expectAccessible(page, "connect, tried");

  const stopped = await startNginx({
    ...{ verifierPorts: [house.latchkey.verifierPort], gatewaySecret: house.gatewaySecret },
    upstreamPort: house.jira.port,
  });
  await stopped.stop();
  await url.fill(`http://${API_HOST}:${stopped.port}`);
  await expect(async () => {
    await page.getByRole("button", { name: "Try it" }).click();
    await expect(line("A browser passes")).toContainText("Nothing accepts connections", { timeout: 2_000 });
  }).toPass();
  await expect(line("A read with a token passes")).toContainText("Not asked");
});
