import { describe, expect, it } from "vitest";
import { MEETING } from "./meeting";
import { type Restrictions, UNRESTRICTED } from "./restrictions";

const meeting = <Field extends keyof Restrictions>(field: Field, a: Restrictions[Field], b: Restrictions[Field]) =>
  MEETING[field]({ ...UNRESTRICTED, [field]: a }, { ...UNRESTRICTED, [field]: b });
const header = (name: string, value: string) => ({ name, value });
const work = (some: object = {}) => ({
  ...{ zone: "UTC", days: ["mon", "tue"] as const, from: "06:00", to: "20:00" },
  ...some,
});

describe("what passes both of two restrictions", () => {
  it("carries the headers of both, and nothing carries two values of one", () => {
    expect(meeting("headerConditions", [header("a", "1")], [header("b", "2"), header("a", "1")])).toEqual([
      header("a", "1"),
      header("b", "2"),
    ]);
    expect(meeting("headerConditions", [header("a", "1")], [header("a", "2")])).toBeUndefined();
    const many = (from: number) => Array.from({ length: 30 }, (_, n) => header(`h${from + n}`, "x"));
    expect(meeting("headerConditions", many(0), many(20))).toHaveLength(50);
    expect(meeting("headerConditions", many(0), many(21))).toBeUndefined();
  });

  it("goes to the paths that both name; none named is every path, and never what is left of two lists", () => {
    expect(meeting("pathRules", [], ["GET /a"])).toEqual(["GET /a"]);
    expect(meeting("pathRules", ["GET /a"], [])).toEqual(["GET /a"]);
    expect(meeting("pathRules", ["GET /a", "GET /b"], ["GET /b"])).toEqual(["GET /b"]);
    expect(meeting("pathRules", ["GET /a"], ["GET /b"])).toBeUndefined();
  });

  it("comes at times that both have, where one window says them", () => {
    expect(meeting("timeWindow", null, null)).toBeNull();
    expect(meeting("timeWindow", null, work())).toEqual(work());
    expect(meeting("timeWindow", work({ days: ["mon"] }), work())).toEqual(work({ days: ["mon"] }));
    expect(meeting("timeWindow", work(), work({ from: "08:00", to: "24:00" }))).toEqual(work({ from: "08:00" }));
    const [kolkata, calcutta] = [
      work({ zone: "Asia/Kolkata", to: "18:00" }),
      work({ zone: "Asia/Calcutta", from: "08:00" }),
    ];
    expect(meeting("timeWindow", kolkata, calcutta)).toEqual({ ...kolkata, from: "08:00" });
    const night = work({ from: "22:00", to: "07:00" });
    expect(meeting("timeWindow", night, { ...night, days: ["tue", "sun"] })).toEqual({ ...night, days: ["tue"] });
    for (const other of [
      night,
      work({ days: ["sun"] }),
      work({ zone: "Europe/Berlin" }),
      work({ from: "20:00", to: "24:00" }),
    ])
      expect(meeting("timeWindow", work(), other)).toBeUndefined();
  });

  it("comes as often as both let it", () => {
    const rate = (perMinute: number, burst: number) => ({ perMinute, burst });
    expect(meeting("rateLimit", null, rate(6, 9))).toEqual(rate(6, 9));
    expect(meeting("rateLimit", rate(60, 1), rate(6, 9))).toEqual(rate(6, 1));
    expect(meeting("rateLimit", null, null)).toBeNull();
  });
});
