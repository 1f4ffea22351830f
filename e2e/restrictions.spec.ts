import { API_HOST } from "#test/upstreams/nginx-site";
import { expect, test } from "./fixtures";
import { USER } from "./house";
import { settled } from "./question";

test("a token for one job: its paths, its header and its rate hold at the gateway, and its page says them", async ({
  house,
  userPage: page,
}) => {
  await page.goto("/tokens/new");
  await page.getByLabel("Name", { exact: true }).fill("One job");
  await page.getByRole("radio", { name: /^Jira/ }).check();
  await page.getByText("Contact, labels, paths, headers, times, rate.").click();
  await page.getByLabel(/^Only these paths/).fill("get /rest/api/2/myself");
  await page.getByLabel(/^Only with these headers/).fill("X-Team: release");
  await page.getByLabel(/^Requests a minute/).fill("1");
  await page.getByLabel(/^At once/).fill("3");
  await page.getByRole("button", { name: "Create" }).first().click();
  await expect(page.getByText("Write a method (or *), a blank and a path")).toBeVisible();
  await expect(page.getByLabel(/^Only with these headers/)).toHaveValue("X-Team: release"); // nothing typed is lost
  await page.getByLabel(/^Only these paths/).fill("GET /rest/api/2/myself");
  await page.getByRole("button", { name: "Create" }).first().click();
  await page.getByRole("heading", { name: "One job is ready" }).waitFor();
  const secret = ((await page.getByLabel("Secret", { exact: true }).textContent()) ?? "").trim();
  await settled(house, secret);

  const ask = async (path: string, headers: Record<string, string>) => {
    const answer = await fetch(`http://${API_HOST}:${house.nginx.port}${path}`, {
      headers: { Authorization: `Basic ${Buffer.from(`${USER.username}:${secret}`).toString("base64")}`, ...headers },
    });
    return { status: answer.status, text: await answer.text(), retryAfter: answer.headers.get("retry-after") };
  };
  const team = { "X-Team": "release" };
  expect((await ask("/rest/api/2/myself", team)).status).toBe(200);
  const elsewhere = await ask("/rest/api/2/serverInfo", team);
  expect([elsewhere.status, elsewhere.text]).toEqual([403, expect.stringContaining("for certain paths only")]);
  const nameless = await ask("/rest/api/2/myself", {});
  expect([nameless.status, nameless.text]).toEqual([403, expect.stringContaining("with a certain header")]);
  // What is left of three at once is used up, one a minute comes back.
  const later = [await ask("/rest/api/2/myself", team), await ask("/rest/api/2/myself", team)];
  const over = await ask("/rest/api/2/myself", team);
  expect(later.every(({ status }) => status === 200 || status === 429)).toBe(true);
  expect([over.status, over.text]).toEqual([429, expect.stringContaining("used too often")]);
  expect(Number(over.retryAfter)).toBeGreaterThan(0);

  await page.goto("/tokens");
  await page.getByRole("link", { name: "One job" }).first().click();
  const details = page.getByRole("region", { name: "Details" });
  await expect(details).toContainText("Only GET /rest/api/2/myself");
  await expect(details).toContainText("Only with the header x-team");
  await expect(details).toContainText("Up to 1 requests a minute, 3 at once");
});
