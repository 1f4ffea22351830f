import { describe, expect, it } from "vitest";
import { UNRESTRICTED } from "#lib/tokens/restrictions/restrictions";
import { DAY, NOON } from "#test/rules";
import { type Reach, widenings } from "./widening";

const networks = new Map([["office", { name: "office", ranges: ["192.0.2.0/24"] }]]);
const before: Reach = {
  applications: ["jira", "wiki"],
  access: "write",
  ipRanges: ["office"],
  expiresAt: NOON + DAY,
  narrowing: UNRESTRICTED,
};
const wider = (from: Partial<Reach>, to: Partial<Reach>) =>
  widenings({ ...before, ...from }, { ...before, ...from, ...to }, networks, { kind: "token", name: "ci" }).map(
    ({ path }) => path,
  );

describe("narrowing", () => {
  it.each<[Partial<Reach>, Partial<Reach>]>([
    [{}, {}],
    [{}, { applications: ["wiki"], access: "read", ipRanges: ["192.0.2.7"], expiresAt: NOON }],
    [{ applications: "all" }, { applications: ["jira"] }],
    [{ ipRanges: [] }, { ipRanges: ["10.0.0.0/8"] }],
    [{ expiresAt: null }, { expiresAt: NOON + 9_999 * DAY }],
  ])("%j to %j is allowed", (from, to) => expect(wider(from, to)).toEqual([]));
});

describe("widening", () => {
  it.each<[string, Partial<Reach>, Partial<Reach>]>([
    ["applications", {}, { applications: ["jira", "git"] }],
    ["applications", {}, { applications: "all" }],
    ["applications", { applications: "all" }, { applications: ["latchkey"] }],
    ["access", { access: "read" }, { access: "write" }],
    ["ipRanges", {}, { ipRanges: [] }],
    ["ipRanges", {}, { ipRanges: ["192.0.0.0/16"] }],
    ["ipRanges", {}, { ipRanges: ["office", "::1"] }],
    ["ipRanges", {}, { ipRanges: ["gone"] }],
    ["expiresAt", {}, { expiresAt: NOON + DAY + 1 }],
    ["expiresAt", {}, { expiresAt: null }],
  ])("of %s from %j to %j is seen", (path, from, to) => expect(wider(from, to)).toEqual([path]));

  it("is told with whose limit it is", () => {
    const [error] = widenings({ ...before, access: "read" }, before, networks, { kind: "token", name: "ci" });
    expect(error).toEqual({
      path: "access",
      message: "Only reading is allowed: token ci.",
      source: { kind: "token", name: "ci" },
    });
  });
});
