import { describe, expect, test } from "vitest";
import type { Application } from "#lib/applications/application";
import { restrictedTo } from "#test/restricted";
import { NOON } from "#test/rules";
import { tokenFacts } from "#test/token-facts";
import { application, bearer, installation, question, reasonOf, request } from "#test/verification";
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

describe("what asks for another method or address than the request line", () => {
  type Asked = { readonly method?: string; readonly target?: string; readonly lines?: readonly string[] };

  /** The step that refuses, as Explain tells it, and how the same request ends for a token as it is. */
  function refused({ lines = [], ...some }: Asked, token: Parameters<typeof tokenFacts>[0] = {}) {
    const asked = request({ ...some, headers: [...bearer(), ...lines] });
    const facts = { applications: [application({ pathFilter: { url_override: "observe" } })] };
    const found = tokenFacts(token);
    const { steps, reason } = explain(installation(facts), { ...question(asked), contact: null }, found, NOON);
    const failed = steps.find(({ outcome }) => outcome === "failed");
    return { reason, rule: failed?.rule, remedy: failed?.remedy };
  }

  test.each<[Asked, string]>([
    [{ lines: ["X-HTTP-Method-Override", "DELETE"] }, "header x-http-method-override"],
    [{ lines: ["X_Http_Method", "PATCH"] }, "header x-http-method"],
    [{ target: "/rest/api/2/search?jql=x&_METHOD=DELETE" }, "parameter _method"],
    [{ target: "/rest/api/2/search?%24method=DELETE" }, "parameter $method"],
    [{ target: "/rest/api/2/search", method: "POST", lines: ["X-Method-Override", "GET"] }, "header x-method-override"],
  ])("is named where it makes a write of a read: %j", (asked, what) => {
    expect(refused(asked)).toEqual({
      reason: "write_refused",
      rule: `the token itself; ${what}, which asks for another method`,
      remedy: `Use a token that may write. Without the ${what} it would only read.`,
    });
    const [target = ""] = (asked.target ?? "/rest/api/2/search").split("?");
    const without = asked.method === undefined ? { target } : { target, method: asked.method };
    expect(refused(without).reason).toBe("allowed");
  });

  test("is not advised against where the request would write all the same", () => {
    const told = refused({ target: "/rest/api/2/issue?_method=DELETE", method: "POST" });
    expect(told.rule).toMatch(/; parameter _method/);
    expect(told.remedy).not.toContain("Without");
    expect(refused({ target: "/rest/api/2/issue", method: "POST" }).rule).toBe("the token itself");
  });

  test("is told in place of a list of path rules of which one matches", () => {
    const token = { access: "write", ...restrictedTo({ pathRules: ["GET /rest/**", "POST /x"] }) } as const;
    const override = { lines: ["X-HTTP-Method-Override", "DELETE"] };
    expect(refused(override, token)).toEqual({
      reason: "path_rule_refused",
      rule: "header x-http-method-override, which asks for another method",
      remedy: expect.stringMatching(/Without what asks for another, a path rule allows it\.$/),
    });
    expect(refused({}, token).reason).toBe("allowed");
    expect(refused({ lines: ["X-Original-URL", "/secure"] }, token).rule).toBe(
      "header x-original-url, which asks for another address",
    );
    const elsewhere = refused({ ...override, target: "/download/attachments/1/a" }, token);
    expect(elsewhere.rule).toBe("GET /rest/**, POST /x");
    expect(elsewhere.remedy).not.toContain("Without");
  });

  test("names no word of the client's", () => {
    expect(JSON.stringify(refused({ target: "/rest/api/2/search?_method=some-word" }))).not.toContain("some-word");
  });
});
