import { API_HOST } from "#test/upstreams/nginx-site";
import { waitUntil } from "#test/upstreams/wait-until";
import { expectAccessible } from "./accessible";
import { expect, test } from "./fixtures";
import { makeToken, USER } from "./house";

test("a filter rule that refuses good requests is set to observe, and its page tells who sends them", async ({
  house,
  adminPage: page,
}) => {
  const { secret } = await makeToken(house.latchkey);
  const ask = async (password = secret, issue = "a%2Fb") => {
    const answer = await fetch(`http://${API_HOST}:${house.nginx.port}/rest/api/2/issue/${issue}`, {
      headers: { Authorization: `Basic ${Buffer.from(`${USER.username}:${password}`).toString("base64")}` },
    });
    return answer.status;
  };
  const becomes = (status: number) =>
    waitUntil(`an answer of ${status}`, async () => ((await ask()) === status ? true : undefined));
  await becomes(403);
  await ask("a password", "DEMO-1");

  await page.goto("/admin/applications");
  await page.getByRole("link", { name: "Jira", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Jira", level: 1 })).toBeVisible();
  await expect(async () => {
    await page.reload(); // the verifier tells it within seconds
    await expect(page.getByRole("region", { name: "Who still comes without a token" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByText("Path filter for tokens").click();
  await page.getByLabel("enc_slash", { exact: true }).selectOption("observe");
  await page.getByText("Exceptions from block").click();
  await page.getByLabel("Passwords of these users").fill("a:b");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("A username here has no colon")).toBeVisible();
  await expect(page.getByLabel("enc_slash", { exact: true })).toHaveValue("observe"); // nothing typed is lost
  await page.getByLabel("Passwords of these users").fill("");
  await expectAccessible(page, "application");
  await page.getByRole("button", { name: "Save" }).click();
  await becomes(200);
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("region", { name: "What the path filter recognised" })).toContainText("enc_slash", {
      timeout: 1_000,
    });
  }).toPass();
});
