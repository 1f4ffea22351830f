import { describe, expect, it } from "vitest";
import { LATCHKEY } from "#lib/applications/application";
import type { ApplicationView } from "#lib/applications/view";
import { NOON } from "#test/rules";
import { application } from "#test/verification";
import { inTime, planProbes } from "./plan";
import { LONGEST_RUN_MS, MOST_RUNNING, PAUSE_MS } from "./probe";

const view = (some: Partial<ApplicationView> = {}): ApplicationView => ({
  ...application(),
  ...{ introspectRestricted: false, createdAt: "", version: 1 },
  ...some,
});
const iso = (at: number) => new Date(at).toISOString();
const run = (begun: number, ended: number | null) => ({
  begunAt: iso(begun),
  endedAt: ended === null ? null : iso(ended),
});
const plan = (some: Partial<Parameters<typeof planProbes>[0]> = {}, input: Parameters<typeof planProbes>[1] = {}) => {
  const planned = planProbes({ application: view(), last: null, gateways: ["gw1"], running: 0, ...some }, input, NOON);
  return planned.ok ? planned.value : planned.refusal;
};

describe("what is tried", () => {
  it("is the application's first route, and not its own address, unless somebody says otherwise", () => {
    expect(plan()).toMatchObject({ aim: { origin: "https://jira.corp" }, upstream: null });
    expect(plan({}, { url: "http://jira.corp:8080", upstream: "10.0.0.5:80" })).toMatchObject({
      aim: { origin: "http://jira.corp:8080" },
      upstream: { host: "10.0.0.5", port: 80 },
    });
    expect(plan({}, { upstream: "  " })).toMatchObject({ upstream: null });
  });

  it("is never the portal itself, nor what no gateway asks about, nor what is elsewhere", () => {
    expect(plan({ application: view({ key: LATCHKEY }) })).toMatchObject({ code: "not_found" });
    expect(plan({ gateways: [] })).toMatchObject({ code: "invalid_input" });
    expect(plan({}, { url: "https://evil.corp" })).toMatchObject({ errors: [{ path: "url" }] });
    expect(plan({}, { upstream: "evil" })).toMatchObject({ errors: [{ path: "upstream" }] });
    expect(plan({ application: view({ routes: [] }) })).toMatchObject({ errors: [{ path: "url" }] });
  });
});

describe("a run", () => {
  it("waits while many others go on, each of which keeps the portal waiting", () => {
    expect(plan({ running: MOST_RUNNING })).toMatchObject({ code: "too_many_requests" });
    expect(plan({ running: MOST_RUNNING - 1 })).toHaveProperty("aim");
  });

  it("waits for the one that goes on, as long as one can", () => {
    expect(inTime(run(NOON - 1_000, null), NOON)).toMatchObject({
      refusal: { code: "too_many_requests", retryAfterSeconds: (LONGEST_RUN_MS - 1_000) / 1000 },
    });
    expect(inTime(run(NOON - LONGEST_RUN_MS + 1, null), NOON)).toMatchObject({ refusal: { retryAfterSeconds: 1 } });
    expect(inTime(run(NOON - LONGEST_RUN_MS, null), NOON).ok).toBe(true);
  });

  it("waits a moment after the last one began", () => {
    expect(inTime(run(NOON - 1, NOON), NOON)).toMatchObject({ refusal: { code: "too_many_requests" } });
    expect(inTime(run(NOON - PAUSE_MS, NOON), NOON).ok).toBe(true);
    expect(inTime(null, NOON).ok).toBe(true);
  });
});
