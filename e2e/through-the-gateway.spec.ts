import { jiraClient, jiraClientBearer, jiraJs, refusalOf } from "#test/upstreams/jira-clients";
import { API_HOST, MAIN_HOST } from "#test/upstreams/nginx-site";
import { wholeText } from "#test/upstreams/recorder";
import { waitUntil } from "#test/upstreams/wait-until";
import { expect, makeTokenIn, test } from "./fixtures";
import { makeToken, USER } from "./house";
import { settled } from "./question";
import { rowsOf } from "./rows";

const CLIENTS = { "jira-client": jiraClient, "jira.js": jiraJs };

for (const [name, connect] of Object.entries(CLIENTS)) {
  test(`${name} searches with a read token, is told why it may not create, and creates with a write token`, async ({
    house,
  }) => {
    const reading = await makeToken(house.latchkey, ["--access", "read"]);
    const writing = await makeToken(house.latchkey, ["--access", "write"]);
    await settled(house, reading.secret, writing.secret);
    house.jira.take();
    const reader = connect(house.nginx.port, USER.username, reading.secret);
    expect(await reader.search()).toBe(1);
    const refusal = await refusalOf(reader.create());
    expect(refusal).toContain("This token may only read, and this request changes something");
    expect(await connect(house.nginx.port, USER.username, writing.secret).create()).toBe("DEMO-2");

    const arrivals = house.jira.take();
    expect(arrivals.map(({ method, url }) => `${method} ${url.split("?")[0]}`)).toEqual([
      "POST /rest/api/2/search",
      "POST /rest/api/2/issue",
    ]);
    for (const arrival of arrivals) {
      expect(arrival.headers["x-latchkey-user"]).toEqual([USER.username]);
      expect(arrival.headers["x-latchkey-groups"]).toEqual(["api-users"]);
      for (const { secret } of [reading, writing]) {
        expect(wholeText(arrival)).not.toContain(secret);
        expect(wholeText(arrival)).not.toContain(Buffer.from(`${USER.username}:${secret}`).toString("base64"));
      }
    }
  });
}

test("a token works as Bearer and in its own header, under any spelling of the owner's name, and under no other", async ({
  house,
}) => {
  const { secret } = await makeToken(house.latchkey);
  await settled(house, secret);
  expect(await jiraClientBearer(house.nginx.port, secret).search()).toBe(1);
  for (const username of [USER.username, USER.username.toUpperCase(), "token"]) {
    expect(await jiraClient(house.nginx.port, username, secret).search()).toBe(1);
  }
  expect(await refusalOf(jiraClient(house.nginx.port, "somebody.else", secret).search())).toContain("401");
  const url = `http://${API_HOST}:${house.nginx.port}/rest/api/2/myself`;
  const answer = await fetch(url, { headers: { "X-Api-Token": secret } });
  expect(await answer.json()).toEqual({ name: USER.username, active: true });
});

test("a browser with a cookie and a native Bearer pass untouched where they are observed, and are counted", async ({
  house,
  page,
}) => {
  house.jira.take();
  await page.context().addCookies([{ name: "JSESSIONID", value: "B2", domain: API_HOST, path: "/" }]);
  for (const host of [API_HOST, MAIN_HOST]) {
    await page.goto(`http://${host}:${house.nginx.port}/secure/Dashboard.jspa`);
    await expect(page.getByRole("heading", { name: "System Dashboard" })).toBeVisible();
  }
  const headers = { Authorization: "Bearer NjA3NzE1MDg0NzA0Onative", "X-Latchkey-User": "root" };
  const native = await fetch(`http://${API_HOST}:${house.nginx.port}/rest/api/2/myself`, { headers });
  expect(native.status).toBe(200);
  const arrivals = house.jira.take();
  const bearer = arrivals.find(({ headers: sent }) => sent.authorization);
  expect(bearer?.headers.authorization).toEqual([headers.Authorization]);
  expect(bearer?.headers["x-latchkey-auth"]).toEqual(["foreignBearer"]);
  expect(arrivals.every((arrival) => arrival.headers["x-latchkey-user"] === undefined)).toBe(true);
  const counted = await waitUntil("both are recorded", async () => {
    const rows = await rowsOf(house.latchkey, "SELECT class, client, calls FROM credential_sightings");
    const classes = new Set(rows.map((row) => row.class));
    return classes.has("foreignBearer") && classes.has("none") ? rows : undefined;
  });
  expect(JSON.stringify(counted, (_, value) => (typeof value === "bigint" ? Number(value) : value))).not.toContain(
    "NjA3NzE1MDg0NzA0",
  );
});

test("a token made in the browser opens what its snippet says", async ({ house, userPage }) => {
  const secret = await makeTokenIn(userPage, "From the browser", "Jira", true);
  await settled(house, secret);
  expect(await jiraClient(house.nginx.port, USER.username, secret).create()).toBe("DEMO-2");
  await expect(userPage.getByRole("region", { name: "First request" })).toContainText("It works");
  await userPage.goto("/tokens");
  const row = userPage.getByRole("listitem").filter({ hasText: "From the browser" });
  await expect(row).toContainText("127.0.0.1");
  expect(await userPage.content()).not.toContain(secret);
});
