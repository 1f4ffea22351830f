import { expectAccessible } from "./accessible";
import { expect, test } from "./fixtures";
import { ADMIN } from "./house";

const HOST = "hilltop.example.com";

test("an application and its gateway are made in the browser, and its page says when the first call has come", async ({
  adminPage: page,
  house,
}) => {
  await page.goto("/admin/applications/new");
  await page.getByRole("radio", { name: /^Something else/ }).check();
  await page.getByLabel("Name", { exact: true }).fill("Hilltop wiki");
  await expect(page.getByLabel("Key", { exact: true })).toHaveValue("hilltop-wiki");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByLabel("Hosts", { exact: true }).fill(`https://${HOST}/\n127.0.0.1`); // the second is Jira's already
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("radio", { name: /^A header/ }).check();
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByLabel("Passwords", { exact: true })).toHaveValue("block");
  await page.getByRole("button", { name: "Make application" }).click();
  await expect(page.getByLabel("Hosts", { exact: true })).toBeVisible(); // back where the refused field stands, what was typed kept
  await expect(page.getByText("Another application has one of these hosts")).toBeVisible();
  await page.getByLabel("Hosts", { exact: true }).fill(HOST);
  for (let step = 0; step < 2; step += 1) await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: "Make application" }).click();
  await expect(page.getByRole("heading", { name: "Connect Hilltop wiki" })).toBeVisible();
  const here = page.url();

  await page.getByRole("link", { name: "Make a gateway" }).click();
  await page.getByLabel("Key", { exact: true }).fill("hilltop");
  await page.getByLabel("What it is", { exact: true }).selectOption("api");
  await expect(page.getByRole("checkbox", { name: "Hilltop wiki" })).toBeChecked();
  await page.getByRole("button", { name: "Make gateway" }).click();
  const confirm = page.getByRole("dialog").getByRole("textbox", { name: "Password" });
  const output = page.getByLabel("Secret", { exact: true });
  await expect(confirm.or(output).first()).toBeVisible();
  if (await confirm.isVisible()) {
    await confirm.fill(ADMIN.password);
    await confirm.press("Enter");
  }
  const secret = ((await output.textContent()) ?? "").trim();
  expect(secret).toMatch(/^gateway-[0-9a-f]{64}$/);

  await page.goto(here);
  const seen = page.getByLabel("What has come so far");
  await expect(seen).toContainText("Waiting for the gateway’s first call");
  await expectAccessible(page, "connect");
  const question = { method: "GET", uri: "/x", host: HOST, proto: "https", clientIp: "192.0.2.1", headers: {} };
  const answer = await fetch(`http://127.0.0.1:${house.latchkey.verifierPort}/v1/verify`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`hilltop:${secret}`).toString("base64")}` },
    body: JSON.stringify(question),
  });
  const { requestId } = (await answer.json()) as { requestId: string };
  expect(answer.status).toBe(401); // nothing behind would ask: without a credential it is refused
  await expect(seen).toContainText("The gateway calls us");
  await expect(seen).toContainText("It asks about this application");

  await page.goto(`/admin/explain?request=${requestId}`);
  await expect(page.getByLabel("The refused request")).toContainText("GET /x");
});
