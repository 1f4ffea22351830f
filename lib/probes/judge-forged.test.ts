import { describe, expect, it } from "vitest";
import { judgeForged } from "./judge-forged";
import type { Reply } from "./reply";

const as = (user: string | null): Reply => ({ kind: "answered", status: 200, requestId: null, user, from: null });
const SILENT: Reply = { kind: "silent", why: "timeout", code: "" };
const SEEN = {
  identity: "header" as const,
  owner: "Ann",
  plain: "ann",
  forged: "forged-1",
  withToken: as("ann"),
  without: as("anonymous"),
  origin: "https://jira.corp",
};
const judge = (some: Partial<Parameters<typeof judgeForged>[0]> = {}) => judgeForged({ ...SEEN, ...some }).outcome;

describe("a forged name", () => {
  it("is dropped when the application, which goes by our header, was seen to take us for nobody else", () => {
    expect(judge()).toBe("passed");
    expect(judge({ without: null })).toBe("passed");
  });

  it("arrives when the application takes us for it, with a token or without", () => {
    expect(judge({ withToken: as("forged-1") })).toBe("failed");
    expect(judge({ without: as("ANN") })).toBe("failed");
  });

  it("is never ticked where the application does not say whom it sees", () => {
    expect(judge({ plain: null, withToken: null, without: null })).toBe("unknown");
    expect(judge({ plain: "anonymous" })).toBe("unknown");
    expect(judge({ withToken: as(null) })).toBe("unknown");
    expect(judge({ withToken: SILENT })).toBe("unknown");
  });

  it("is never ticked where half of it was not seen", () => {
    expect(judge({ without: as(null) })).toBe("unknown");
    expect(judge({ without: SILENT })).toBe("unknown");
  });

  it("is never ticked where the application does not go by our header: it may know us by something else", () => {
    for (const identity of ["none", "passthrough", "jwt"] as const) expect(judge({ identity })).toBe("unknown");
  });

  it("that cannot be seen comes with how to try it by hand", () => {
    expect(judgeForged({ ...SEEN, plain: null, withToken: null, without: null }).sentence).toContain("curl -H");
  });
});
