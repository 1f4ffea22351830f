import type { Page } from "@playwright/test";
import { ask, askUntil, explained, refusedRequest } from "./asking";
import { expect, test } from "./fixtures";
import { makeToken } from "./house";
import { settled } from "./question";

/** So far apart that wherever the sun stands, it is about noon in one of them, and about midnight in another. */
const ZONES = [
  ...["Pacific/Honolulu", "America/Los_Angeles", "America/New_York", "America/Sao_Paulo", "Atlantic/Azores"],
  ...["Europe/Berlin", "Asia/Dubai", "Asia/Kolkata", "Asia/Shanghai", "Australia/Sydney", "Pacific/Auckland"],
];
const WEEK = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** What a clock on the wall of a zone shows. */
function clockIn(zone: string): { day: string; hour: number } {
  const options = { timeZone: zone, weekday: "short", hour: "2-digit", hourCycle: "h23" } as const;
  const parts = new Intl.DateTimeFormat("en-US", options).formatToParts(Date.now());
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return { day: part("weekday"), hour: Number(part("hour")) };
}

/** The zone where it is nearest to this hour now: less than three hours away, whatever is done to clocks in summer. */
function zoneWhereItIs(hour: number): string {
  const away = (zone: string) => Math.abs(((clockIn(zone).hour - hour + 36) % 24) - 12);
  return ZONES.reduce((nearest, zone) => (away(zone) < away(nearest) ? zone : nearest));
}

async function fillTimes(page: Page, days: readonly string[], zone: string): Promise<void> {
  const times = page.getByRole("group", { name: /^Only at these times/ });
  for (const day of WEEK) {
    const isOn = await times.getByRole("checkbox", { name: day, exact: true }).isChecked();
    if (isOn !== days.includes(day)) await times.getByText(day, { exact: true }).click();
  }
  await page.getByLabel("From", { exact: true }).fill("06:00");
  await page.getByLabel("To", { exact: true }).fill("20:00");
  await page.getByLabel("Time zone", { exact: true }).fill(zone);
}

test("a token for working hours works in them, not on another day, and not where it is night", async ({
  house,
  userPage: page,
}) => {
  const noon = zoneWhereItIs(12);
  const today = clockIn(noon).day;
  await page.goto("/tokens/new");
  await page.getByLabel("Name", { exact: true }).fill("Working hours");
  await page.getByRole("radio", { name: /^Jira/ }).check();
  await page.getByText("Contact, labels, paths, headers, times, rate.").click();
  await fillTimes(page, [today], "Mars/Olympus_Mons");
  await page.getByRole("button", { name: "Create" }).first().click();
  await expect(page.getByRole("group", { name: /^Only at these times/ })).toContainText("zone");
  await fillTimes(page, [today], noon);
  await page.getByRole("button", { name: "Create" }).first().click();
  await page.getByRole("heading", { name: "Working hours is ready" }).waitFor();
  const secret = ((await page.getByLabel("Secret", { exact: true }).textContent()) ?? "").trim();
  const asked = { path: "/rest/api/2/myself", secret };
  await askUntil(house, asked, 200);
  await expect((await explained(page, asked)).getByRole("heading")).toContainText("Passes:");

  await page.goto("/tokens");
  await page.getByRole("link", { name: "Working hours" }).first().click();
  await expect(page.getByRole("region", { name: "Details" })).toContainText(
    `Only ${today}, 06:00–20:00 in ${noon.replaceAll("_", " ")}`,
  );
  const here = page.url().split("?")[0];
  const edit = async (days: readonly string[], zone: string) => {
    await page.goto(`${here}/edit`);
    await fillTimes(page, days, zone);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { name: "Working hours", level: 1 }).waitFor();
  };
  const others = WEEK.filter((day) => day !== today);
  await edit(others, noon);
  expect((await askUntil(house, asked, 403)).text).toContain("works at certain times only, and not now");
  await expect(await explained(page, asked)).toContainText(`06:00–20:00 ${noon}`);
  await edit(WEEK, noon);
  await askUntil(house, asked, 200);
  await edit(WEEK, zoneWhereItIs(0));
  await askUntil(house, asked, 403);
});

type Rate = { readonly perMinute: string; readonly burst: string };
const LOW: Rate = { perMinute: "1", burst: "3" };

/** Sets a rate of the settings. @returns what it was before */
async function setRate(page: Page, name: string, rate: Rate): Promise<Rate> {
  await page.goto("/admin/settings");
  const group = page.getByRole("group", { name });
  const [perMinute, burst] = [group.getByLabel("A minute"), group.getByLabel("At once")];
  const before = { perMinute: await perMinute.inputValue(), burst: await burst.inputValue() };
  await perMinute.fill(rate.perMinute);
  await burst.fill(rate.burst);
  const saved = page.waitForResponse((answer) => answer.request().method() === "PATCH");
  await page.getByRole("button", { name: "Save limits" }).click();
  expect((await saved).status()).toBe(200);
  return before;
}

/** Asks until it is told to wait. Each of the two verifiers bears three, and on a slow machine one more may come back. */
async function askTooOften(asks: () => ReturnType<typeof ask>, borne: number) {
  const answers = [await asks()];
  while (answers.length < 40 && answers.at(-1)?.status === borne) answers.push(await asks());
  const over = answers.at(-1);
  expect(over?.status).toBe(429);
  expect(over?.retryAfter).toBeGreaterThan(0);
  return { text: over?.text ?? "", requestId: over?.requestId ?? "" };
}

test("all tokens of one owner together are told to wait beyond the owner's rate, and pass when it is lifted", async ({
  house,
  adminPage: page,
}) => {
  const [one, other] = [await makeToken(house.latchkey), await makeToken(house.latchkey)];
  await settled(house, one.secret, other.secret);
  const before = await setRate(page, "All tokens of one owner together", LOW);
  const asked = [one, other].map(({ secret }) => ({ path: "/rest/api/2/myself", secret }));
  let turn = 0;
  const over = await askTooOften(() => ask(house, asked[turn++ % 2] ?? { path: "/" }), 200);
  expect(over.text).toContain("The tokens of this user together are used too often");
  await expect(await refusedRequest(page, over.requestId)).toContainText("Refused:");
  const verdict = await explained(page, asked[0] ?? { path: "/" });
  await verdict.getByText(/steps passed/).click();
  await expect(verdict).toContainText("All tokens of its owner together: 1 request a minute, 3 at once");

  await setRate(page, "All tokens of one owner together", before);
  for (const each of asked) await askUntil(house, each, 200);
});

test("an address that sends secrets that are none is told to wait, good tokens from it pass, and that ends when it is lifted", async ({
  house,
  adminPage: page,
}) => {
  const from = "127.0.0.9"; // for a minute it is remembered, and the other journeys fail from elsewhere
  const good = { path: "/rest/api/2/myself", secret: (await makeToken(house.latchkey)).secret, from };
  const wrong = { path: "/rest/api/2/myself", secret: "lk_no-secret-at-all", from };
  await askUntil(house, good, 200);
  await askUntil(house, wrong, 401);
  const before = await setRate(page, "Failures of one address", LOW);
  const over = await askTooOften(() => ask(house, wrong), 401);
  expect(over.text).toContain("Too many failed attempts came from your network address");
  await askUntil(house, good, 200);
  const told = await refusedRequest(page, over.requestId);
  await expect(told).toContainText("Too many secrets that are none");
  await expect(told).toContainText(from);

  await setRate(page, "Failures of one address", { perMinute: "", burst: "" });
  await askUntil(house, wrong, 401);
  await setRate(page, "Failures of one address", before);
});
