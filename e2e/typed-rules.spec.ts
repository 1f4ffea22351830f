import { waitUntil } from "#test/upstreams/wait-until";
import { openApplication, saveApplication } from "./application-form";
import { askUntil, explained } from "./asking";
import { expect, test } from "./fixtures";
import { type House, makeToken } from "./house";

const MYSELF = "/rest/api/2/myself";
const by = (username: string) => ({
  Authorization: `Basic ${Buffer.from(`${username}:a password`).toString("base64")}`,
});

test("passwords are blocked but for one user on one path, as the form says it, and Explain tells which exception it was", async ({
  house,
  adminPage: page,
}) => {
  const there = { path: MYSELF, headers: by("Legacy.Bot") };
  const elsewhere = { path: "/rest/api/2/search", headers: by("legacy.bot") };
  const another = { path: MYSELF, headers: by("somebody.else") };

  await openApplication(page, "Jira");
  await page.getByLabel("Passwords", { exact: true }).selectOption("block");
  await page.getByText("Exceptions from block").click();
  await page.getByLabel("Passwords of these users").fill("legacy.bot");
  await page.getByLabel(/^Passwords, on these paths/).fill("rest/api/2/myself");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByLabel(/^Passwords, on these paths/)).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Passwords of these users")).toHaveValue("legacy.bot"); // nothing typed is lost
  await page.getByLabel(/^Passwords, on these paths/).fill(MYSELF);
  await saveApplication(page);

  for (const refused of [elsewhere, another])
    expect((await askUntil(house, refused, 403)).text).toContain("Passwords are not accepted here");
  house.jira.take();
  await askUntil(house, there, 200);
  expect(house.jira.take().map(({ url }) => url)).toContain(MYSELF);
  const passes = await explained(page, there);
  await expect(passes.getByRole("heading")).toContainText("an exception lets this request through");
  await expect(passes).toContainText(`block, except for legacy.bot on ${MYSELF}`);
  for (const refused of [elsewhere, another])
    await expect((await explained(page, refused)).getByRole("heading")).toContainText("Refused:");

  await openApplication(page, "Jira");
  await expect(page.getByLabel("Passwords of these users")).toHaveValue("legacy.bot");
  await expect(page.getByLabel(/^Passwords, on these paths/)).toHaveValue(MYSELF);
  await page.getByLabel("Passwords of these users").fill("");
  await page.getByLabel(/^Passwords, on these paths/).fill("");
  await saveApplication(page);
  await askUntil(house, there, 403);
  await openApplication(page, "Jira");
  await page.getByLabel("Passwords", { exact: true }).selectOption("observe");
  await saveApplication(page);
  await askUntil(house, another, 200);
});

test("a further path that the form names is open to tokens, and nothing beside it", async ({
  house,
  adminPage: page,
}) => {
  const { secret } = await makeToken(house.latchkey);
  const chart = { path: "/charts/burndown/DEMO", secret };
  await askUntil(house, chart, 403);
  await openApplication(page, "Jira");
  await page.getByLabel(/^Further paths for tokens/).fill("/charts/*/DEMO");
  await saveApplication(page);
  await askUntil(house, chart, 200);
  await askUntil(house, { path: "/charts/burndown/OTHER", secret }, 403);
  await openApplication(page, "Jira");
  await page.getByLabel(/^Further paths for tokens/).fill("");
  await saveApplication(page);
  await askUntil(house, chart, 403);
});

/** Asks both verifiers as an application does, until both answer so. */
async function asksUntil(house: House, key: string, question: object, expected: [status: number, reason: string]) {
  const Authorization = `Basic ${Buffer.from(key).toString("base64")}`;
  const body = JSON.stringify({ proto: "https", clientIp: "192.0.2.1", ...question });
  for (const port of [house.latchkey.verifierPort, house.second.port])
    await waitUntil(`${body} is answered with ${expected.join(" ")}`, async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/v1/verify`, {
        ...{ method: "POST", headers: { Authorization }, body },
      });
      const { reason } = await answer.json();
      return answer.status === expected[0] && reason === expected[1] ? true : undefined;
    });
}

test("the WebDAV pack of Confluence lets a read token list and read by WebDAV, and write nothing", async ({
  house,
  adminPage: page,
}) => {
  const { cli } = house.latchkey;
  const host = "shelf.example.com";
  const shelf = ["--key", "shelf", "--name", "Shelf", "--kind", "confluence", "--route", host, "--identity", "header"];
  await cli(["application", "create", ...shelf]);
  const gateway = await cli(["gateway", "create", "--key", "shelf", "--adapter", "api", "--application", "shelf"]);
  const { secret } = await makeToken(house.latchkey, ["--access", "read", "--application", "shelf"]);
  const headers = { authorization: [`Bearer ${secret}`] };
  const asks = (method: string, ...expected: [status: number, reason: string]) => {
    const question = { method, host, uri: "/plugins/servlet/confluence/default/Global/DS", headers };
    return asksUntil(house, `shelf:${gateway.secret}`, question, expected);
  };

  await asks("PROPFIND", 403, "path_blocked");
  await openApplication(page, "Shelf");
  await page.getByRole("checkbox", { name: /^Spaces and pages as folders/ }).check();
  await saveApplication(page);
  for (const method of ["PROPFIND", "GET"]) await asks(method, 200, "allowed");
  for (const method of ["PUT", "MKCOL", "DELETE"]) await asks(method, 403, "write_refused");
  await openApplication(page, "Shelf");
  await page.getByRole("checkbox", { name: /^Spaces and pages as folders/ }).uncheck();
  await saveApplication(page);
  await asks("PROPFIND", 403, "path_blocked");
});
