import { API_HOST } from "#test/upstreams/nginx-site";
import { waitUntil } from "#test/upstreams/wait-until";
import { expect, test } from "./fixtures";
import { USER } from "./house";

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

  const ask = async (path: string, headers: Record<string, string>) => {
    const answer = await fetch(`http://${API_HOST}:${house.nginx.port}${path}`, {
      headers: { Authorization: `Basic ${Buffer.from(`${USER.username}:${secret}`).toString("base64")}`, ...headers },
    });
    return { status: answer.status, text: await answer.text(), retryAfter: answer.headers.get("retry-after") };
  };
  const team = { "X-Team": "release" };
  const elsewhere = await waitUntil("the verifier knows the token", async () => {
    const answer = await ask("/rest/api/2/serverInfo", team);
    return answer.status === 403 ? answer : undefined;
  });
  expect([elsewhere.status, elsewhere.text]).toEqual([403, expect.stringContaining("for certain paths only")]);
  const nameless = await ask("/rest/api/2/myself", {});
  expect([nameless.status, nameless.text]).toEqual([403, expect.stringContaining("with a certain header")]);
  // Three at once at each verifier of the house; on a slow machine one more may have come back meanwhile.
  const answers = [];
  while (answers.length < 20 && answers.at(-1)?.status !== 429) answers.push(await ask("/rest/api/2/myself", team));
  expect(answers.slice(0, 3).map(({ status }) => status)).toEqual([200, 200, 200]);
  const over = answers.at(-1) ?? elsewhere;
  expect([over.status, over.text]).toEqual([429, expect.stringContaining("used too often")]);
  expect(Number(over.retryAfter)).toBeGreaterThan(0);

  await page.goto("/tokens");
  await page.getByRole("link", { name: "One job" }).first().click();
  const details = page.getByRole("region", { name: "Details" });
  await expect(details).toContainText("Only GET /rest/api/2/myself");
  await expect(details).toContainText("Only with the header x-team");
  await expect(details).toContainText("Up to 1 request a minute, 3 at once");
});
