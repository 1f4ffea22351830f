import { describe, expect, test } from "vitest";
import { z } from "zod";
import { UNRESTRICTED } from "./restrictions";
import { restrictionFields, restrictionsIn } from "./restrictions-schema";

const schema = z.strictObject(restrictionFields).partial();
/** The first path that is refused, or none. */
const wrong = (raw: object) => schema.safeParse(raw).error?.issues.map(({ path }) => path.join("."))[0];
const window = { zone: "Europe/Berlin", days: ["mon"], from: "06:00", to: "20:00" };

describe("header conditions", () => {
  const of = (name: unknown, value: unknown = "a") => wrong({ headerConditions: [{ name, value }] });

  test("name a header in any case, once, and a value that a header can have", () => {
    expect(schema.parse({ headerConditions: [{ name: "X-Team", value: "a b" }] })).toEqual({
      headerConditions: [{ name: "x-team", value: "a b" }],
    });
    for (const name of ["", "x team", "x:y", "ключ", "x\n", 1, null])
      expect([name, of(name)]).not.toEqual([name, undefined]);
    for (const value of ["", "  ", "a\nb", "é", 1, "x".repeat(501)])
      expect([value, of("x-team", value)]).not.toEqual([value, undefined]);
    const twice = ["X-Team", "x-team"].map((name) => ({ name, value: "a" }));
    expect(wrong({ headerConditions: twice })).toBe("headerConditions");
  });

  test("never ask for what a gateway sets itself, nor for a credential", () => {
    const own = [
      "Authorization",
      "cookie",
      "Host",
      "X-Forwarded-For",
      "x-original-uri",
      "X-Real-IP",
      "Proxy-Authorization",
    ];
    const taken = ["Proxy", "X-Remote-User", "X-Rewrite-URL", "Expect", "HTTP2-Settings"];
    for (const name of [...own, ...taken, "X-Latchkey-User", "x-api-token", "Content-Length", "Upgrade", "Forwarded"])
      expect([name, of(name)]).toEqual([name, "headerConditions.0.name"]);
  });

  test("never ask for what gateways drop for its name, and say what to do; kept ones of before stay readable", () => {
    for (const name of ["X_Team", "x.team", "x-team!", "x~"]) {
      const conditions = [{ name, value: "a" }];
      const [issue] = schema.safeParse({ headerConditions: conditions }).error?.issues ?? [];
      expect([name, issue?.path.join("."), issue?.message]).toEqual([
        ...[name, "headerConditions.0.name"],
        "Gateways drop a header whose name has other signs than letters, digits and hyphens. Use one like X-Team.",
      ]);
      expect(restrictionsIn({ ...UNRESTRICTED, headerConditions: conditions }).headerConditions).toEqual([
        { name: name.toLowerCase(), value: "a" },
      ]);
    }
    const proxy = [{ name: "proxy", value: "a" }];
    expect(restrictionsIn({ ...UNRESTRICTED, headerConditions: proxy }).headerConditions).toEqual(proxy);
  });
});

describe("path rules", () => {
  test.each(["GET /rest/api/2/issue/**", "* /x", "PROPFIND /dav/*", "POST /", "VERSION-CONTROL /x"])(
    "%s is one",
    (rule) => expect(wrong({ pathRules: [rule] })).toBeUndefined(),
  );

  test.each([
    "",
    "/x",
    "GET",
    "GET x",
    "get /x",
    "GET  /x",
    " GET /x",
    "GET /x ",
    "GET /a b",
    "GET /../x",
    "GET /x?y",
    "GET /a*b*",
    "** /x",
    "GET /ä",
    `GET /${"x".repeat(600)}`,
  ])("%j is none", (rule) => expect(wrong({ pathRules: [rule] })).toBe("pathRules.0"));

  test("have one ** at most: a second would be tried at every segment of a path", () => {
    expect(wrong({ pathRules: ["GET /a/**/b/*"] })).toBeUndefined();
    for (const rule of ["GET /**/a/**", "GET /**/**"]) expect(wrong({ pathRules: [rule] })).toBe("pathRules.0");
  });

  test("are each kept once", () => {
    expect(schema.parse({ pathRules: ["GET /x", "GET /x"] })).toEqual({ pathRules: ["GET /x"] });
  });
});

describe("a time window", () => {
  test("has a zone that exists, days in the order of the week, and two times", () => {
    expect(schema.parse({ timeWindow: { ...window, days: ["fri", "mon", "fri"] } })).toEqual({
      timeWindow: { ...window, days: ["mon", "fri"] },
    });
    expect(schema.parse({ timeWindow: { ...window, zone: "europe/BERLIN" } })).toEqual({ timeWindow: window });
    expect(schema.parse({ timeWindow: { ...window, zone: "asia/kolkata" } }).timeWindow?.zone).toBe("Asia/Kolkata");
    expect(wrong({ timeWindow: { ...window, to: "24:00" } })).toBeUndefined();
    expect(wrong({ timeWindow: null })).toBeUndefined();
  });

  test.each<[string, object]>([
    ["timeWindow.zone", { zone: "Europe/Atlantis" }],
    ["timeWindow.zone", { zone: "x".repeat(65) }],
    ["timeWindow.days", { days: [] }],
    ["timeWindow.days.0", { days: ["monday"] }],
    ["timeWindow.from", { from: "24:00" }],
    ["timeWindow.from", { from: "6:00" }],
    ["timeWindow.to", { to: "20:60" }],
    ["timeWindow.to", { to: "06:00" }],
    ["timeWindow", { on: true }],
  ])("is refused at %s for %j", (path, some) => expect(wrong({ timeWindow: { ...window, ...some } })).toBe(path));
});

test("a rate limit is two whole numbers", () => {
  expect(wrong({ rateLimit: { perMinute: 1, burst: 1 } })).toBeUndefined();
  for (const bad of [
    {},
    { perMinute: 1 },
    { perMinute: 0, burst: 1 },
    { perMinute: 1.5, burst: 1 },
    { perMinute: 1, burst: 1e7 },
  ])
    expect(wrong({ rateLimit: bad })).toMatch(/^rateLimit/);
});

test("what the database holds is read back as it was sent, and nothing else is believed", () => {
  const all = schema.parse({ headerConditions: [], pathRules: ["GET /x"], timeWindow: window, rateLimit: null });
  expect(restrictionsIn({ ...UNRESTRICTED, ...all })).toEqual(all);
  for (const bad of [{ timeWindow: { zone: "UTC" } }, { pathRules: ["x"] }, { headerConditions: {} }, { rateLimit: 5 }])
    expect(() => restrictionsIn({ ...UNRESTRICTED, ...bad })).toThrow();
});
