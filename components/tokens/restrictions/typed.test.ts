import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UNRESTRICTED } from "#lib/tokens/restrictions/restrictions";
import { anyRestrictions } from "#test/arbitraries";
import { nothingTyped, restrictionsTyped, typedOf } from "./typed";

const sent = (some: Partial<ReturnType<typeof nothingTyped>>) =>
  restrictionsTyped({ ...nothingTyped("Europe/Berlin"), ...some });

describe("restrictions in a form", () => {
  test("that nobody touched are sent as they were", () => {
    fc.assert(
      fc.property(anyRestrictions, (restrictions) => {
        expect(restrictionsTyped(typedOf(restrictions, "UTC"))).toEqual(restrictions);
      }),
    );
  });

  test("that nobody typed are none", () => expect(sent({})).toEqual(UNRESTRICTED));

  test("are read line by line; a header's value goes from its first colon on", () => {
    expect(sent({ headers: " X-Team : a: b \n\nX-Job:nightly" }).headerConditions).toEqual([
      { name: "X-Team", value: "a: b" },
      { name: "X-Job", value: "nightly" },
    ]);
    expect(sent({ paths: "GET /a/**\r\n\n * /b " }).pathRules).toEqual(["GET /a/**", "* /b"]);
  });

  test("that are half said go as they are, so that the server says what is missing", () => {
    expect(sent({ headers: "X-Team" }).headerConditions).toEqual([{ name: "X-Team", value: "" }]);
    const half = { zone: "Europe/Berlin", days: ["mon"], from: "", to: "" };
    expect(sent({ days: ["mon"] }).timeWindow).toEqual(half);
    expect(sent({ ends: "20:00" }).timeWindow).toEqual({ ...half, days: [], to: "20:00" });
    expect(sent({ burst: "5" }).rateLimit).toEqual({ perMinute: null, burst: 5 });
  });

  test("allow as many at once as a minute, unless it is said", () => {
    expect(sent({ perMinute: "60" }).rateLimit).toEqual({ perMinute: 60, burst: 60 });
    expect(sent({ perMinute: "60", burst: "5" }).rateLimit).toEqual({ perMinute: 60, burst: 5 });
  });
});
