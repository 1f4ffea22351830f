import { describe, expect, it } from "vitest";
import { claimLookUp, claimReport, neighbourhoodOf } from "./report-rate";

const NOW = 1_000_000;

describe("reports of leaks", () => {
  const codes = (claim: () => ReturnType<typeof claimReport>, count: number) =>
    Array.from({ length: count }, () => claim()).map((claimed) => (claimed.ok ? "may" : claimed.refusal.code));

  it("may come thirty at once from one address, and from its neighbours together", () => {
    const near = codes(() => claimReport("2001:db8::1", NOW), 29);
    expect(new Set(near)).toEqual(new Set(["may"]));
    expect(codes(() => claimReport("2001:db8::2", NOW), 2)).toEqual(["may", "too_many_requests"]);
    expect(claimReport("2001:db8:1::1", NOW).ok).toBe(true);
    expect(claimReport("2001:db8::1", NOW)).toMatchObject({ refusal: { retryAfterSeconds: 2 } });
  });

  it("ask the database a hundred times at once in all, and then twenty times a second", () => {
    expect(codes(() => claimLookUp(NOW), 101)).toEqual([...Array<string>(100).fill("may"), "too_many_requests"]);
    expect(codes(() => claimLookUp(NOW + 1_000), 21)).toEqual([...Array<string>(20).fill("may"), "too_many_requests"]);
  });
});

describe("an address is counted", () => {
  it("as itself, however it is written; of IPv6 with all that its holder has", () => {
    expect(neighbourhoodOf("::ffff:192.0.2.1")).toBe(neighbourhoodOf("192.0.2.1"));
    expect(neighbourhoodOf("192.0.2.2")).not.toBe(neighbourhoodOf("192.0.2.1"));
    expect(neighbourhoodOf("2001:db8::1")).toBe(neighbourhoodOf("2001:DB8:0:0:ffff::9"));
    expect(neighbourhoodOf("2001:db8:0:1::1")).not.toBe(neighbourhoodOf("2001:db8::1"));
  });

  it("together with all others that cannot be read", () => {
    for (const odd of ["unknown", "", "999.0.0.1", "fe80::1%eth0"]) expect(neighbourhoodOf(odd)).toBe("unknown");
  });
});
