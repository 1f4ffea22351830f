import { jiraClient, refusalOf } from "#test/upstreams/jira-clients";
import { expect, test } from "./fixtures";
import { makeToken, USER } from "./house";
import { settled } from "./question";

test("a refused call is told in My tokens, why it was refused is one click away, and who looks from outside is noted", async ({
  house,
  userPage,
  adminPage,
}) => {
  const { id, secret } = await makeToken(house.latchkey, ["--access", "read"]);
  await settled(house, secret);
  const client = jiraClient(house.nginx.port, USER.username, secret);
  await client.search();
  await refusalOf(client.create());

  const row = userPage.getByRole("listitem").filter({ has: userPage.locator(`a[href^="/tokens/${id}"]`) });
  await expect(async () => {
    await userPage.goto("/tokens");
    await expect(row.getByText(/^Refused .* only/)).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await row.getByRole("link", { name: "See why" }).click();
  await expect(userPage.getByRole("region", { name: "Refused lately" })).toContainText("POST /rest/api/2/issue");
  await expect(userPage.getByRole("region", { name: "Addresses and clients seen" })).toContainText("127.0.0.1");
  await expect(userPage.getByRole("table", { name: "Calls by day" })).toBeAttached();
  await userPage.getByRole("link", { name: /^See why/ }).click();
  await expect(userPage.getByRole("region", { name: "The refused request" })).toContainText("Refused:");

  await adminPage.goto(`/tokens/${id}`);
  await expect(adminPage.getByRole("region", { name: "Refused lately" })).toBeHidden();
  await adminPage.getByRole("button", { name: "Show how it is used" }).click();
  await expect(adminPage.getByRole("region", { name: "Refused lately" })).toBeVisible();
  await userPage.goto(`/tokens/${id}`);
  await expect(userPage.getByRole("region", { name: "History" })).toContainText("looked at how the token");
});

test("who still has the old secret is told on the page of the new one", async ({ house, userPage }) => {
  const { id, secret } = await makeToken(house.latchkey);
  await settled(house, secret);
  const { token } = await house.latchkey.cli(["token", "rotate", "--id", id, "--overlap", "1h"]);
  const client = jiraClient(house.nginx.port, USER.username, secret);
  const stragglers = userPage.getByRole("region", { name: "Still on the old secret" });
  await expect(async () => {
    await client.search();
    await userPage.goto(`/tokens/${(token as { id: string }).id}`);
    await expect(stragglers).toContainText("POST /rest/api/2/search", { timeout: 1_000 });
  }).toPass();
});

test("what a tier does not allow is refused with its source and nothing typed is lost; what it does is saved", async ({
  house,
  userPage,
}) => {
  const { id, secret } = await makeToken(house.latchkey, ["--access", "write"]);
  await settled(house, secret);
  await userPage.goto(`/tokens/${id}/edit`);
  const name = userPage.getByLabel("Name", { exact: true });
  await name.fill("Nachtsicherung ☾");
  const lastDay = userPage.getByLabel("Last day");
  const allowed = await lastDay.inputValue();
  await lastDay.fill("2099-01-01");
  await userPage.getByRole("button", { name: "Save" }).click();
  await expect(lastDay).toBeFocused();
  await expect(lastDay).toHaveAccessibleDescription(/API users/);
  await expect(name).toHaveValue("Nachtsicherung ☾");

  await lastDay.fill(allowed);
  await userPage.getByRole("radio", { name: "Only read" }).check();
  await userPage.getByRole("button", { name: "Save" }).click();
  await userPage.getByRole("heading", { name: "Nachtsicherung ☾", level: 1 }).waitFor();
  const client = jiraClient(house.nginx.port, USER.username, secret);
  expect(await client.search()).toBe(1);
  expect(await refusalOf(client.create())).toContain("This token may only read");
});
