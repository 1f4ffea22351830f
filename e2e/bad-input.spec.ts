import type { Page } from "@playwright/test";
import { rawRequest } from "#test/upstreams/raw-request";
import { cli } from "./cli";
import { expect, test } from "./fixtures";
import { USER } from "./house";

test("a refused form keeps what was typed, marks the field and puts the focus there", async ({
  house,
  userPage: page,
}) => {
  await page.goto("/tokens/new");
  await page.getByLabel("Name", { exact: true }).fill("Keeps its name");
  await page.getByRole("radio", { name: /^Jira/ }).check();
  await page.getByRole("radio", { name: /^Address ranges/ }).check();
  const ranges = page.getByRole("textbox", { name: "Address ranges" });
  await ranges.fill("10.0.0.0/99");
  await page.getByRole("button", { name: "Create" }).first().click();
  await expect(ranges).toBeFocused();
  await expect(ranges).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Keeps its name");
  expect(await namesOf(page, house.latchkey.portalUrl)).not.toContain("Keeps its name");
});

test("a wrong password and an unknown user are told the same, and the name stays", async ({ page, house }) => {
  const said: string[] = [];
  for (const username of [USER.username, "nobody.at.all"]) {
    await page.goto(`${house.latchkey.portalUrl}/sign-in`);
    await page.getByLabel("Username").fill(username);
    await page.getByLabel("Password").fill("not the password at all");
    await page.getByRole("button", { name: "Sign in" }).click();
    const password = page.getByLabel("Password");
    await expect(password).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByLabel("Username")).toHaveValue(username);
    said.push((await page.getByRole("main").textContent()) ?? "");
  }
  expect(said[0]).toBe(said[1]);
});

test("the command line tells wrong usage from a refusal, and says what to do", async ({ house }) => {
  const { env } = house.latchkey;
  const cases: readonly (readonly [args: readonly string[], status: number])[] = [
    [["nonsense"], 2],
    [["token", "create"], 2],
    [["token", "create", "--owner", "nobody", "--name", "x", "--application", "jira", "--access", "read"], 1],
    [["token", "create", "--owner", USER.username, "--name", "x", "--application", "jira", "--access", "all"], 2],
    [["token", "revoke", "--id", "not-an-id"], 1],
    [["user", "create", "--username", USER.username], 1],
    [["policy", "create", "--json", "-"], 2],
    [["application", "create", "--key", "Bad Key", "--name", "x", "--kind", "jira", "--route", "x"], 1],
    [["gateway", "create", "--key", "gw1", "--adapter", "nginx", "--application", "jira"], 1],
  ];
  for (const [args, status] of cases) {
    const done = await cli(env, args, "{not json");
    expect(done.status, `${args.join(" ")}: ${done.stderr}`).toBe(status);
    expect(done.stdout, args.join(" ")).toBe("");
    expect(done.stderr.trim(), args.join(" ")).not.toBe("");
    expect(done.stderr, args.join(" ")).not.toMatch(/\bat .*\(.*:\d+:\d+\)|Prisma|ECONN/); // no stack, no inner words
  }
});

test("the verification port answers garbage with 4xx, never with an allow, never with 5xx", async ({ house }) => {
  const to = { address: "127.0.0.1", port: house.latchkey.verifierPort };
  const targets = [
    "/",
    "/v1",
    "/v1/authz/nginx/",
    "/v1/authz/nginx/gw1/..",
    "/v1/authz/nginx/%67w1",
    "//v1/authz/nginx/gw1",
  ];
  const more = [
    "/v1/authz/nginx/gw1#x",
    "*",
    "http://x/v1/authz/nginx/gw1",
    "/livez",
    "/metrics",
    "/v1/authz/forward/gw1",
  ];
  const prefetch = "x-middleware-prefetch: 1";
  for (const target of [...targets, ...more]) {
    for (const method of ["GET", "POST", "PROPFIND", "TRACE"]) {
      const { status } = await rawRequest(to, [`${method} ${target} HTTP/1.1`, prefetch]);
      expect(status, `${method} ${target}`).toBeGreaterThanOrEqual(400);
      expect(status, `${method} ${target}`).toBeLessThan(500);
    }
  }
  const key = `X-Latchkey-Gateway-Key: ${house.gatewaySecret}`;
  const complete = ["X-Original-Method: GET", "X-Original-URI: /rest/api/2/myself", "X-Original-Host: 127.0.0.1"];
  const rest = ["X-Original-Proto: http", "X-Real-IP: 127.0.0.1"];
  for (const credential of [
    "Basic",
    "Basic %%%",
    "Basic YQ==",
    "Bearer",
    "Bearer a b",
    "lk_",
    "\u0001",
    "Bearer lk_short",
  ]) {
    const lines = ["GET /v1/authz/nginx/gw1 HTTP/1.1", key, ...complete, ...rest, `Authorization: ${credential}`];
    const { status } = await rawRequest(to, lines);
    expect(status, credential).toBeGreaterThanOrEqual(200);
    expect(status, credential).toBeLessThan(500);
  }
});

async function namesOf(page: Page, origin: string): Promise<string[]> {
  const list: { items: { name: string }[] } = await (await page.request.get(`${origin}/api/v1/tokens`)).json();
  return list.items.map(({ name }) => name);
}
