import { describe, expect, it } from "vitest";
import { GATEWAY_ADAPTERS } from "./gateway";
import { trustworthy } from "./trust";

const NONE = { adapter: "forward" as const, trustedHops: 0, trustedRanges: [] };
const wrong = (some: Partial<Parameters<typeof trustworthy>[0]>) => {
  const said = trustworthy({ ...NONE, ...some });
  return said.ok ? null : said.refusal.errors?.[0]?.path;
};

describe("what a gateway trusts", () => {
  it("may be nobody, whatever it is", () => {
    for (const adapter of GATEWAY_ADAPTERS) expect(wrong({ adapter })).toBeNull();
  });

  it("is hops and ranges together, of gateways that report a list", () => {
    for (const adapter of GATEWAY_ADAPTERS) {
      const refused = adapter === "forward" || adapter === "envoy" ? null : "trustedHops";
      expect([adapter, wrong({ adapter, trustedHops: 1, trustedRanges: ["10.0.0.0/8"] })]).toEqual([adapter, refused]);
    }
    expect(wrong({ adapter: "nginx", trustedRanges: ["10.0.0.0/8"] })).toBe("trustedRanges");
  });

  it("is never one without the other, which would look like trust and be none", () => {
    expect(wrong({ trustedHops: 1 })).toBe("trustedRanges");
    expect(wrong({ trustedRanges: ["10.0.0.1"] })).toBe("trustedHops");
  });

  it("is never everybody, however that is written", () => {
    for (const trustedRanges of [["0.0.0.0/0"], ["::/0"], ["0.0.0.0/1", "128.0.0.0/1"]])
      expect(wrong({ trustedHops: 1, trustedRanges })).toBe("trustedRanges");
  });
});
