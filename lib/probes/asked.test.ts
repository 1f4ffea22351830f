import { describe, expect, it } from "vitest";
import type { ApplicationKind } from "#lib/applications/application";
import { application, basic, bearer, decide, SECRET } from "#test/verification";
import { browserRequest, readRequest, tokenHeader, writeRequest } from "./asked";

const KINDS: readonly ApplicationKind[] = ["jira", "confluence", "bitbucket", "generic"];
const RANDOM = "0123456789abcdef";

/** What the verifier's own list says to it, with a token that may only read. */
const judged = (kind: ApplicationKind, context: string, { method, path }: { method: string; path: string }) => {
  const applications = [application({ kind, routes: [{ host: "jira.corp", context }] })];
  return decide({ request: { method, target: path }, facts: { applications }, token: { access: "read" } }).reason;
};

describe.each(KINDS)("of an application of kind %s", (kind) => {
  it.each(["", "/app"])("the read passes and the write is refused as one, below %s/", (context) => {
    expect(judged(kind, context, readRequest(kind, context))).toBe("allowed");
    expect(judged(kind, context, writeRequest(kind, context, RANDOM))).toBe("write_refused");
  });

  it("the write would delete what has a name that nothing has, directly below where tokens reach", () => {
    const { method, path } = writeRequest(kind, "/app", RANDOM);
    expect(method).toBe("DELETE");
    expect(path).toMatch(new RegExp(`^/app(/rest)?/latchkey-connection-check-${RANDOM}$`));
  });

  it("a browser opens its front page", () => {
    expect(browserRequest("/app")).toEqual({ method: "GET", path: "/app/" });
    expect(browserRequest("")).toEqual({ method: "GET", path: "/" });
  });
});

describe("the token goes", () => {
  const takes = { basic: true, bearer: true, header: "X-Api-Token", query: "token" };
  const lines = (header: Readonly<Record<string, string>> | null) => Object.entries(header ?? {}).flat();

  it("in the first way that the application takes", () => {
    expect(lines(tokenHeader(takes, SECRET))).toEqual(bearer());
    expect(lines(tokenHeader({ ...takes, bearer: false }, SECRET))).toEqual(basic("token", SECRET));
    expect(tokenHeader({ ...takes, bearer: false, basic: false }, SECRET)).toEqual({ "X-Api-Token": SECRET });
  });

  it("never in the address", () => {
    expect(tokenHeader({ basic: false, bearer: false, header: null, query: "token" }, SECRET)).toBeNull();
  });
});
