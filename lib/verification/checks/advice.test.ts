import { describe, expect, test } from "vitest";
import type { Application } from "#lib/applications/application";
import { NOON } from "#test/rules";
import { tokenFacts } from "#test/token-facts";
import { application, installation, question, reasonOf, request } from "#test/verification";
import { explain } from "../explain";

/** What Explain says at the step that refuses, and what comes of the request in that state of the application. */
function told(target: string, some: Partial<Application> = {}, method = "GET") {
  const facts = { applications: [application({ kind: "jira", ...some })] };
  const asked = { ...question(request({ target, method })), contact: null };
  const failed = explain(installation(facts), asked, tokenFacts(), NOON).steps.find(
    (each) => each.outcome === "failed",
  );
  return { remedy: failed?.remedy ?? "", reason: reasonOf({ request: { target, method }, facts }) };
}

describe("advice to lift a rule of the path filter", () => {
  const SWITCH = /path filter's rule (\w+) can be set to observe or off\.$/;

  test.each(["/rest/group%2Frepo", "/rest/a%3bb", "/rest/api/2/issue/A-1/properties/a/b;c%20d"])(
    "is given for %s, which then passes",
    (target) => {
      const [, rule = ""] = SWITCH.exec(told(target).remedy) ?? [];
      expect(told(target, { pathFilter: { [rule]: "observe" } }).reason).toBe("allowed");
    },
  );

  test.each(["/rest/pat%2Flatest", "/secure/admin;x", "/rest/auth%252f1%252fsession"])(
    "is not given for %s, which stays refused",
    (target) => {
      expect(told(target)).toMatchObject({ reason: "path_blocked", remedy: expect.not.stringMatching(SWITCH) });
      const pathFilter = { enc_slash: "off", semicolon: "off", double_encoding: "off" } as const;
      expect(told(target, { pathFilter }).reason).toBe("path_blocked");
    },
  );
});

describe("advice to add a read pack", () => {
  const OFF = { pathFilter: { enc_slash: "off", semicolon: "off" } } as const;
  const PACK = /read pack (\S+) would let it pass\.$/;

  test("is given where the pack opens every reading of the path", () => {
    expect(told("/sr/a%2Fb", OFF).remedy).toMatch(PACK);
    expect(told("/sr/a%2Fb", { ...OFF, readPacks: ["feeds"] }).reason).toBe("allowed");
  });

  test("is not given where somebody would read a path that it does not open", () => {
    const feeds = { ...OFF, readPacks: ["feeds"] } as const;
    for (const target of ["/sr;%2f..%2fsecure", "/secure%2F..%2Fsr/x", "/images/icons%2Fprofileadmins/x"])
      expect([target, told(target, feeds).reason]).not.toEqual([target, "allowed"]);
    expect(told("/users/x%2Fy/avatar.png", OFF).remedy).not.toMatch(PACK);
  });

  test("is not given where somebody would still read a write", () => {
    const search = "/rest/api/2/search/jql";
    expect(told(search, OFF, "POST").remedy).toMatch(PACK);
    const doubtful = "/rest/api/2/search/jql;%2fx";
    expect(told(doubtful, OFF, "POST")).toMatchObject({
      ...{ reason: "write_refused", remedy: expect.not.stringMatching(PACK) },
    });
    expect(told(doubtful, { ...OFF, readPacks: ["jira-cloud-like"] }, "POST").reason).toBe("write_refused");
  });
});
