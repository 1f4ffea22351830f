import { expect, test } from "vitest";
import { DAYS, type Restrictions, UNRESTRICTED } from "#lib/tokens/restrictions/restrictions";
import { restrictionsInWords } from "./words";

const words = (some: Partial<Restrictions>) => restrictionsInWords({ ...UNRESTRICTED, ...some });
const window = { zone: "America/New_York", days: ["mon", "tue", "wed"], from: "06:00", to: "20:00" } as const;
const on = (...days: (typeof DAYS)[number][]) => words({ timeWindow: { ...window, days } })[0];

test("nothing is said of a token that nothing narrows", () => expect(words({})).toEqual([]));

test("each restriction is a phrase", () => {
  expect(
    words({
      pathRules: ["GET /a", "* /b"],
      timeWindow: window,
      headerConditions: [{ name: "x-team", value: "secret team" }],
      rateLimit: { perMinute: 6_000, burst: 10 },
    }),
  ).toEqual([
    "Only GET /a or * /b",
    "Only Mon–Wed, 06:00–20:00 in America/New York",
    "Only with the header x-team",
    "Up to 6,000 requests a minute, 10 at once",
  ]);
  expect(words({ pathRules: ["GET /a", "GET /b", "GET /c"] })).toEqual(["Only 3 paths"]);
  expect(words({ rateLimit: { perMinute: 600, burst: 600 } })).toEqual(["Up to 600 requests a minute"]);
  expect(words({ rateLimit: { perMinute: 1, burst: 3 } })).toEqual(["Up to 1 request a minute, 3 at once"]);
});

test("days are said as people say them", () => {
  expect(on(...DAYS)).toMatch(/^Only every day,/);
  expect(on("mon", "wed", "fri")).toMatch(/^Only Mon, Wed and Fri,/);
  expect(on("sat", "sun")).toMatch(/^Only Sat and Sun,/);
  expect(on("fri")).toMatch(/^Only Fri,/);
});
