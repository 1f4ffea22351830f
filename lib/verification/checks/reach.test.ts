import { describe, expect, test } from "vitest";
import type { ApplicationKind } from "#lib/applications/application";
import { application, bearer, decide, reasonOf, refusalOf } from "#test/verification";

const at = (kind: ApplicationKind, context = "") => ({
  applications: [application({ kind, routes: [{ host: "jira.corp", context }] })],
});
const ask = (kind: ApplicationKind, line: string, context = "") => {
  const [method = "", ...rest] = line.split(" ");
  return refusalOf({
    request: { method, target: rest.join(" ") },
    facts: at(kind, context),
    token: { access: "write" },
  });
};

describe("legitimate requests pass with a token (the false-positive set)", () => {
  const legitimate: readonly (readonly [ApplicationKind, string, string?])[] = [
    ["jira", "GET /rest/api/2/search?jql=project%3DA%20AND%20text~%22%24%7Bx%7D%22"],
    ["jira", "GET /rest/api/2/user?username=DOM%5Cfred"],
    ["jira", "GET /jira//rest/api/2/myself", "/jira"],
    ["jira", "GET /rest/api/2/issue/A-1?expand=&fields=%2Aall"],
    ["generic", "GET /display/DS/100%25+done"],
    ["confluence", "GET /download/attachments/1/report%20v1.2%20%28final%29.pdf"],
    ["confluence", "GET /rest/api/content?title=a%2Fb"],
    ["bitbucket", "GET /rest/api/1.0/projects/X/repos/y/browse/src/main/webapp/WEB-INF/web.xml"],
    ["bitbucket", "GET /rest/api/1.0/projects/~fred/repos/r/raw/docs/.hidden/..gitkeep.md"],
    ["bitbucket", "GET /rest/api/1.0/projects/X/repos/y/raw/odd%3Bname.txt"],
    ["bitbucket", "GET /scm/p/r.git/info/refs?service=git-upload-pack"],
    ["jira", "GET /rest/api/2/issue/A-1/properties/com.x.y"],
    ["jira", "GET /rest/api/2/filter/my?expand=a,b"],
    ["confluence", "GET /wiki/rest/api/content/search?cql=type%3Dpage", "/wiki"],
    ["jira", "GET /rest/api/2/project/%C3%84B"],
    ["jira", "GET /secure/attachment/10000/screen%20shot.png"],
    ["jira", "GET /secure/thumbnail/10000/_thumb_10000.png"],
    ["jira", "POST /rest/api/2/issue"],
  ];
  for (const [kind, line, context] of legitimate)
    test(`${kind}: ${line}`, () => expect(ask(kind, line, context).reason).toBe("allowed"));
});

test("a page of Confluence is in no doubt: browsers pass unobserved, and a token does where the paths name it", () => {
  const target = "/display/DS/100%25+done";
  const facts = (...paths: string[]) => ({ applications: [application({ kind: "confluence", paths })] });
  expect(decide({ request: { target, headers: [] }, facts: facts() })).toMatchObject({
    ...{ allowed: true, auth: "none", subject: { observedRules: [] } },
  });
  expect(refusalOf({ request: { target }, facts: facts() })).toEqual({ reason: "path_blocked", rule: "not_listed" });
  expect(refusalOf({ request: { target }, facts: facts("/display/**") }).reason).toBe("allowed");
});

describe("known attacks do not (CVE requests)", () => {
  const attacks: readonly (readonly [string, ApplicationKind, string])[] = [
    ["CVE-2019-8442", "jira", "GET /s/x/_/META-INF/maven/com.atlassian.jira/atlassian-jira-webapp/pom.xml"],
    ["CVE-2019-8442", "jira", "GET /s/x/_/WEB-INF/classes/META-INF/x"],
    ["CVE-2021-26086", "jira", "GET /s/x/_/;/WEB-INF/web.xml"],
    ["CVE-2021-26085", "confluence", "GET /s/x/_/;/WEB-INF/web.xml"],
    ["CVE-2022-0540", "jira", "GET /InsightPluginShowGeneralConfiguration.jspa;"],
    ["CVE-2022-0540", "jira", "GET /secure/WBSGanttManageScheduleJobAction.jspa;"],
    ["CVE-2022-26134", "confluence", "GET /%24%7Bx%7D/"],
    ["CVE-2021-26084", "confluence", "POST /pages/createpage-entervariables.action"],
    ["CVE-2021-26084", "confluence", "POST /template/custom/content-editor"],
    ["CVE-2021-26084", "confluence", "POST /users/user-dark-features"],
    ["CVE-2023-22527", "confluence", "POST /template/aui/text-inline.vm"],
    [
      "CVE-2023-22515",
      "confluence",
      "GET /server-info.action?bootstrapStatusProvider.applicationConfig.setupComplete=0",
    ],
    ["CVE-2023-22515", "confluence", "GET /setup/setupadministrator-start.action"],
    ["CVE-2023-22518", "confluence", "POST /json/setup-restore.action"],
    ["CVE-2019-3396", "confluence", "POST /rest/tinymce/1/macro/preview"],
    ["CVE-2019-8451", "jira", "POST /plugins/servlet/gadgets/makeRequest"],
    ["CVE-2022-26135", "jira", "POST /rest/nativemobile/1.0/batch"],
    ["CVE-2019-11581", "jira", "GET /secure/ContactAdministrators!default.jspa"],
    ["CVE-2020-14179", "jira", "GET /secure/QueryComponent!Default.jspa"],
    ["CVE-2020-14181", "jira", "GET /secure/ViewUserHover.jspa?username=x"],
    ["Tomcat", "jira", "GET //secure//admin"],
    ["Tomcat", "jira", "GET /;x/secure/admin"],
    ["Tomcat", "jira", "GET /rest;x=1/api"],
    ["Tomcat", "jira", "GET /x%2ejspa"],
  ];
  for (const [cve, kind, line] of attacks)
    test(`${cve}: ${line}`, () => expect(ask(kind, line).reason).toBe("path_blocked"));

  test.each([
    "GET /rest/api/latest/projects/K/repos/r/archive?prefix=ax%00--exec=x",
    "GET /rest/..;/secure/admin",
    "GET /rest/%2e%2e;/secure/admin",
    "GET /rest/api/2/search;/../../../../secure/admin",
  ])("%s is refused to everybody", (line) => expect(ask("bitbucket", line).reason).toBe("path_refused"));

  test("..%252f is refused to tokens", () =>
    expect(ask("jira", "GET /rest/..%252fsecure").rule).toMatch(/^double_encoding/));
});

describe("each signature is refused to tokens below the positive list too", () => {
  const signatures = {
    utf8: "/rest/%ff",
    semicolon: "/rest/api/2/issue/A-1/properties/a/b;c%20d",
    enc_semicolon: "/rest/a%3bb",
    enc_slash: "/rest/group%2Frepo",
    backslash: "/rest/a%5cb",
    double_encoding: "/rest/%252e%252e",
    expression: "/rest/%24%7Bx%7D",
    web_inf: "/rest/web-inf.",
    homoglyph: "/rest/%EF%BC%8Fx",
    raw_delims: "/rest/a|b",
  };
  for (const [signature, target] of Object.entries(signatures))
    test(signature, () =>
      expect(ask("jira", `GET ${target}`)).toEqual({
        reason: "path_blocked",
        rule: expect.stringContaining(`${signature}: `),
      }),
    );

  test("a rewritten URL in a header", () => {
    for (const name of ["X-Original-URL", "x-rewrite-url"]) {
      const headers = [name, "/secure/admin", "Authorization", "Bearer x"];
      expect(decide({ request: { headers } })).toMatchObject({
        allowed: true,
        subject: { observedRules: ["url_override"] },
      });
    }
    expect(refusalOf({ request: { headers: ["X-Original-URL", "/a", ...bearer()] } }).rule).toMatch(/^url_override/);
  });

  test("unless it says what the request line says anyway, as ingress-nginx does", () => {
    const target = "/rest/api/2/myself?x=1";
    const asked = (...urls: string[]) => {
      const headers = [...urls.flatMap((url) => ["X-Original-URL", url]), ...bearer()];
      return reasonOf({ request: { target, headers } });
    };
    expect(asked(`https://jira.corp${target}`)).toBe("allowed");
    expect(asked(target)).toBe("allowed");
    for (const url of [
      "",
      "/rest/api/2/myself",
      `http://jira.corp${target}`,
      `https://evil.corp${target}`,
      "/secure/admin",
    ])
      expect(asked(url)).toBe("path_blocked");
    expect(asked(target, "/secure/admin")).toBe("path_blocked");
  });

  test("WEB-INF outside the content of repositories, in Bitbucket too", () => {
    expect(ask("bitbucket", "GET /rest/WEB-INF/web.xml").rule).toMatch(/^web_inf/);
    expect(ask("bitbucket", "GET /rest/api/1.0/projects/X/repos/y/settings/WEB-INF").rule).toMatch(/^web_inf/);
    expect(ask("bitbucket", "GET /rest/a%3bb/c").rule).toMatch(/^enc_semicolon/);
  });
});

describe("what is not ours", () => {
  test("passes everywhere where a token does not, and the rule is noted", () => {
    const decision = decide({ request: { target: "/secure/admin;x", headers: [] } });
    expect(decision).toMatchObject({ allowed: true, auth: "none", subject: { observedRules: ["semicolon"] } });
  });

  test("does not pass what is refused to everybody", () => {
    expect(reasonOf({ request: { target: "/a/../b", headers: [] } })).toBe("path_refused");
  });
});
