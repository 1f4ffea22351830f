import type { Page } from "@playwright/test";
import { waitUntil } from "#test/upstreams/wait-until";
import { openApplication, saveApplication } from "./application-form";
import { ask, askForSocket, askUntil, explained } from "./asking";
import { expect, test } from "./fixtures";
import { makeToken } from "./house";

/** Sets boxes of Jira's page as an administrator, or a rule, and saves; what that may turn away is shown before. */
async function set(page: Page, boxes: Readonly<Record<string, boolean>>, noCredential?: "block" | "observe") {
  await openApplication(page, "Jira");
  for (const [name, on] of Object.entries(boxes)) {
    await page.getByRole("checkbox", { name: new RegExp(`^${name}`) }).setChecked(on);
  }
  if (noCredential) await page.getByLabel("No credential: browsers", { exact: true }).selectOption(noCredential);
  await saveApplication(page);
}

test("a WebSocket is opened with a token where the application allows it, by a token that may write, and nowhere else", async ({
  house,
  adminPage: page,
}) => {
  const writing = await makeToken(house.latchkey, ["--access", "write"]);
  const reading = await makeToken(house.latchkey);
  const until = (secret: string, status: number) =>
    waitUntil(`the WebSocket is answered with ${status}`, async () => {
      const answers = [await askForSocket(house, secret), await askForSocket(house, secret)]; // one of each verifier
      return answers.every((each) => each.status === status) ? answers[0] : undefined;
    });
  const inExplain = { path: "/rest/api/2/myself", headers: { Connection: "Upgrade", Upgrade: "websocket" } };

  expect((await until(writing.secret, 403)).text).toContain("Tokens cannot open a WebSocket");
  const refused = await explained(page, { ...inExplain, secret: writing.secret });
  await expect(refused.getByRole("heading")).toContainText("Refused:");

  await set(page, { "Tokens may open a WebSocket": true });
  expect((await until(writing.secret, 101)).text).toBe("is anybody there?");
  expect((await until(reading.secret, 403)).text).toContain("This token may only read");
  const passes = await explained(page, { ...inExplain, secret: writing.secret });
  await expect(passes.getByRole("heading")).toContainText("Passes:");
  const counted = await explained(page, { ...inExplain, secret: reading.secret });
  await expect(counted.getByRole("heading")).toContainText("Refused:");

  await set(page, { "Tokens may open a WebSocket": false });
  await until(writing.secret, 403);
});

test("a CORS preflight passes a gateway that refuses what comes without a credential, once that is ticked; nothing else does", async ({
  house,
  adminPage: page,
}) => {
  const cors = { Origin: "https://dashboard.example.com", "Access-Control-Request-Method": "GET" };
  const preflight = { path: "/rest/api/2/myself", method: "OPTIONS", headers: cors };
  const without = { path: "/rest/api/2/myself", headers: { Origin: cors.Origin } };
  await set(page, {}, "block");
  await askUntil(house, preflight, 401);
  const refused = await explained(page, preflight);
  await expect(refused).toContainText("It is a CORS preflight: the application can let those through.");

  house.jira.take();
  await set(page, { "CORS preflights pass": true });
  await askUntil(house, preflight, 200);
  expect(house.jira.take().map(({ method }) => method)).toContain("OPTIONS");
  const passes = await explained(page, preflight);
  await expect(passes.getByRole("heading")).toContainText("Passes:");
  await askUntil(house, without, 401);
  await askUntil(house, { ...preflight, headers: { Origin: cors.Origin } }, 401);

  await set(page, { "CORS preflights pass": false });
  await askUntil(house, preflight, 401);
  await set(page, {}, "observe");
});

const POSTS = "What clients of Jira Cloud read by POST";
const FEEDS = "Issues and filters as XML, RSS and CSV";

test("a read pack lets a read token post what the pack lists, and reach what it opens, until it is taken away", async ({
  house,
  adminPage: page,
}) => {
  const { secret } = await makeToken(house.latchkey);
  const search = { path: "/rest/api/2/search/jql", method: "POST", secret };
  const feed = { path: "/sr/jira.issueviews:searchrequest-xml/temp/SearchRequest.xml", secret };
  const create = { path: "/rest/api/2/issue", method: "POST", secret };
  expect((await askUntil(house, search, 403)).text).toContain("This token may only read");
  expect((await askUntil(house, feed, 403)).text).toContain("Tokens cannot be used for this path");
  const refused = await explained(page, search);
  await expect(refused).toContainText("read pack jira-cloud-like would let it pass.");

  house.jira.take();
  await set(page, { [POSTS]: true });
  await askUntil(house, search, 404); // it reached Jira, which knows no such resource
  expect(house.jira.take().map(({ method, url }) => `${method} ${url}`)).toContain("POST /rest/api/2/search/jql");
  const passes = await explained(page, search);
  await expect(passes.getByRole("heading")).toContainText("Passes:");
  await askUntil(house, create, 403);
  await askUntil(house, feed, 403);
  await set(page, { [FEEDS]: true });
  await askUntil(house, feed, 200);
  expect((await ask(house, { ...feed, method: "POST" })).text).toContain("This token may only read");

  await set(page, { [POSTS]: false, [FEEDS]: false });
  for (const each of [search, feed]) await askUntil(house, each, 403);
});
