import { expect, test } from "vitest";
import { reloadWhereAway } from "./reload-where-away";

/** A window with a page that failed, and what was asked and loaded in it. */
function browser(status: number, pathname = "/tokens") {
  const [kept, asked] = [new Map<string, string>(), [] as string[]];
  let reloads = 0;
  const reload = () => {
    reloads += 1;
  };
  return {
    ...{ asked, reloads: () => reloads },
    fetch: async (path: string) => {
      asked.push(path);
      return { status };
    },
    sessionStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    },
    location: { pathname, search: "?page=2", reload },
  };
}

test("a page that failed is loaded again where the database is away, once in a minute, and is not asked for", async () => {
  const away = browser(503);
  for (const now of [1_000_000, 1_000_000, 1_059_999]) await reloadWhereAway(away, now);
  expect(away.reloads()).toBe(1);
  await reloadWhereAway(away, 1_060_000);
  expect(away.reloads()).toBe(2);
  expect(new Set(away.asked)).toEqual(new Set(["/readyz"]));
});

test("another page is loaded again by itself", async () => {
  const away = browser(503);
  await reloadWhereAway(away, 1_000_000);
  await reloadWhereAway({ ...away, location: { ...away.location, pathname: "/account" } }, 1_000_000);
  expect(away.reloads()).toBe(2);
});

test.each([204, 200, 404, 500])("it stays as it is where the answer is %i", async (status) => {
  const there = browser(status);
  await reloadWhereAway(there, 1_000_000);
  expect(there.reloads()).toBe(0);
});

test("it stays as it is where nobody answers, or nothing can be kept", async () => {
  const away = browser(503);
  const fails = () => {
    throw new Error("denied");
  };
  await reloadWhereAway({ ...away, fetch: async () => fails() }, 1_000_000);
  await reloadWhereAway({ ...away, sessionStorage: { getItem: fails, setItem: fails } }, 1_000_000);
  expect(away.reloads()).toBe(0);
});
