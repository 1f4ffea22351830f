import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ApplicationKind } from "#lib/applications/application";
import { parametersOf } from "./parameters";
import { parseTarget } from "./path";
import { accessOfOperation, compilePaths, KINDS, keptOut } from "./reads";

function access(kind: ApplicationKind, method: string, target: string, headers: readonly string[] = []) {
  const parsed = parseTarget(target);
  if (!parsed.ok) throw new Error(`${target}: ${parsed.rule}`);
  const { segments, query } = parsed;
  const paths = compilePaths({ kind, paths: [], readPacks: [] });
  return accessOfOperation(paths, { method, segments, from: 0, parameters: parametersOf(query), headers });
}

type Row = readonly [kind: ApplicationKind, request: string, why: string];
const split = (request: string) => {
  const [method = "", target = ""] = request.split(" ");
  return { method, target };
};

describe("these read", () => {
  const reads: readonly Row[] = [
    ["jira", "GET /rest/api/2/issue/A-1", "anybody"],
    ["jira", "HEAD /rest/api/2/issue/A-1", "link checkers"],
    ["jira", "OPTIONS /rest/api/2/issue/A-1", "browsers' preflights"],
    ["jira", "POST /rest/api/2/search", "jira-client searchJira, jira.js searchForIssuesUsingJqlPost"],
    ["jira", "POST /rest/api/latest/search", "clients without a version"],
    ["jira", "POST /rest/api/2/worklog/list", "jira.js getWorklogsForIds"],
    ["jira", "POST /rest/api/2/search?validateQuery=strict", "a query does not change it"],
    ["confluence", "POST /rest/api/contentbody/convert/view", "confluence clients convert"],
    ["confluence", "GET /rest/api/content/search?cql=type%3Dpage", "CQL searches are GETs"],
    ["bitbucket", "GET /scm/p/r.git/info/refs?service=git-upload-pack", "git clone, first request"],
    ["bitbucket", "POST /scm/p/r.git/git-upload-pack", "git clone, second request"],
    ["bitbucket", "POST /scm/~fred/r.git/git-upload-pack", "git clone of a personal repository"],
    ["bitbucket", "POST /scm/p/r.git/info/lfs/objects/batch", "git lfs pull"],
    ["bitbucket", "POST /rest/search/latest/search", "@atlassian-dc-mcp/bitbucket"],
    ["bitbucket", "POST /rest/api/latest/markup/preview", "editors"],
    ["bitbucket", "POST /rest/build-status/1.0/commits/stats", "dashboards"],
    ["generic", "PROPFIND /calendars/fred/", "WebDAV and CalDAV clients"],
    ["generic", "REPORT /calendars/fred/", "CalDAV clients, svn"],
    ["generic", "POST /fred/repo.git/git-upload-pack", "git clone from Gitea"],
  ];
  for (const [kind, request, why] of reads)
    test(`${kind}: ${request} (${why})`, () => {
      const { method, target } = split(request);
      expect(access(kind, method, target)).toBe("read");
    });
});

describe("these write", () => {
  const writes: readonly Row[] = [
    ["jira", "POST /rest/api/2/issue", "creates an issue"],
    ["jira", "PUT /rest/api/2/search", "only the POST is a search"],
    ["jira", "POST /rest/api/2/search/jql", "Cloud only: not on the list"],
    ["jira", "POST /rest/api/2/searchx", "whole segments"],
    ["jira", "POST /x/rest/api/2/search", "anchored"],
    ["jira", "POST /rest/api/3/search", "no such version"],
    ["jira", "POST /REST/api/2/search", "case counts"],
    ["jira", "POST /rest/graphql/1", "a query or a mutation, nobody knows"],
    ["jira", "GET /secure/DeleteIssue.jspa", "actions accept GET"],
    ["jira", "GET /secure/Logout!default.jspa", "a log-out"],
    ["jira", "GET /rest/scriptrunner/latest/custom/x", "code of administrators"],
    ["jira", "FOO /rest/api/2/issue/A-1", "unknown methods"],
    ["jira", "PROPFIND /rest/api/2/issue", "no WebDAV here"],
    ["confluence", "GET /pages/doremovepage.action", "actions accept GET"],
    ["confluence", "POST /rest/api/content", "creates a page"],
    ["confluence", "GET /rpc/json-rpc/confluenceservice-v2", "the method is in the body"],
    ["bitbucket", "POST /scm/p/r.git/git-receive-pack", "git push, second request"],
    ["bitbucket", "GET /scm/p/r.git/info/refs?service=git-receive-pack", "git push, first request"],
    ["bitbucket", "GET /scm/p/r.git/info/refs?SERVICE=git-receive-pack", "whatever its case"],
    ["bitbucket", "GET /scm/p/r.git/info/refs?service=git%2Dreceive%2Dpack", "whatever its spelling"],
    ["bitbucket", "GET /scm/p/r.git/info/refs?service=git-upload-pack&service=git-receive-pack", "whichever is read"],
    ["bitbucket", "PUT /scm/p/r.git/info/lfs/objects/abc", "git lfs push"],
    ["bitbucket", "POST /scm/p/r.git/info/lfs/locks", "locks a file"],
    ["generic", "GET /fred/repo.git/info/refs?service=git-receive-pack", "git push"],
    ["generic", "PROPPATCH /calendars/fred/", "changes properties"],
    ["generic", "MKCALENDAR /calendars/fred/", "makes a calendar"],
    ["generic", "POST /anything", "nobody knows"],
  ];
  for (const [kind, request, why] of writes)
    test(`${kind}: ${request} (${why})`, () => {
      const { method, target } = split(request);
      expect(access(kind, method, target)).toBe("write");
    });
});

describe("a method override", () => {
  const GET = "/rest/api/2/issue/A-1";
  test("in a header or parameter makes a read a write", () => {
    for (const name of ["X-HTTP-Method-Override", "x-http-method", "X-METHOD-OVERRIDE"])
      expect(access("jira", "GET", GET, [name, "DELETE"])).toBe("write");
    for (const query of [
      "_method=DELETE",
      "%5Fmethod=put",
      "_METHOD=x",
      "x-http-method-override=PUT",
      "$method=DELETE",
      "a=b;_method=DELETE",
    ])
      expect(access("jira", "GET", `${GET}?${query}`)).toBe("write");
  });

  test("of a listed POST is not looked up in the list", () => {
    expect(access("jira", "POST", "/rest/api/2/search", ["X-HTTP-Method-Override", "POST"])).toBe("write");
    expect(access("jira", "POST", "/rest/api/2/search", ["X-HTTP-Method-Override", "GET"])).toBe("write");
  });

  test("that says what is the case anyway changes nothing; a second one that does not, does", () => {
    expect(access("jira", "GET", GET, ["X-HTTP-Method-Override", "GET"])).toBe("read");
    expect(access("jira", "GET", GET, ["X-HTTP-Method-Override", "GET", "x-http-method-override", "DELETE"])).toBe(
      "write",
    );
    expect(access("jira", "GET", GET, ["X-HTTP-Method-Override", ""])).toBe("write");
    expect(access("jira", "HEAD", GET, ["X-HTTP-Method-Override", "GET"])).toBe("write");
  });
});

test("no method but GET, HEAD, OPTIONS and those of the lists is ever a read, on any path", () => {
  const kind = fc.constantFrom<ApplicationKind>("jira", "confluence", "bitbucket", "generic");
  const method = fc.constantFrom("PUT", "DELETE", "PATCH", "MKCOL", "LOCK", "MOVE", "COPY", "FOO", "POST", "MERGE");
  const segment = fc.constantFrom(
    "rest",
    "api",
    "2",
    "latest",
    "search",
    "issue",
    "scm",
    "p",
    "r.git",
    "git-upload-pack",
    "worklog",
    "list",
  );
  fc.assert(
    fc.property(kind, method, fc.array(segment, { maxLength: 7 }), (one, verb, segments) => {
      const target = `/${segments.join("/")}`;
      if (access(one, verb, target) === "write") return;
      expect(KINDS[one].reads.map((read) => read.split(" ")[0])).toContain(verb);
      expect(verb).toBe("POST");
    }),
    { numRuns: 3000 },
  );
});

describe("the positive list", () => {
  const kept = (kind: ApplicationKind, path: string, paths: readonly string[] = []) =>
    keptOut(
      compilePaths({ kind, paths, readPacks: [] }),
      path.split("/").filter((part) => part !== ""),
      0,
    );

  test("opens what an administrator lists, also what is closed unless listed", () => {
    expect(kept("jira", "/sr/jira.issueviews/x")).toEqual({ kind: "not_listed" });
    expect(kept("jira", "/sr/jira.issueviews/x", ["/sr/**"])).toBeNull();
    expect(kept("jira", "/rest/scriptrunner/latest/custom/x")).toEqual({
      ...{ kind: "unless_listed", pattern: "/rest/scriptrunner/**" },
    });
    expect(kept("jira", "/rest/scriptrunner/latest/custom/x", ["/rest/scriptrunner/latest/custom/x"])).toBeNull();
    expect(kept("bitbucket", "/rest/api/1.0/admin/users", ["/**"])).toBeNull();
  });

  test("never opens what mints credentials, opens sessions or is dangerous, whoever lists it, in any case", () => {
    const never: readonly (readonly [ApplicationKind, string])[] = [
      ["jira", "/rest/auth/1/session"],
      ["jira", "/rest/auth/latest/session.json"],
      ["jira", "/REST/Auth/1/websudo"],
      ["jira", "/rest/gadget/1.0/login"],
      ["jira", "/rest/pat/latest/tokens"],
      ["jira", "/rest/api/2/myself/password"],
      ["jira", "/rest/api/latest/user/password.json"],
      ["jira", "/rest/plugins/1.0"],
      ["jira", "/rest/nativemobile/1.0/batch"],
      ["jira", "/rest/oauth2/latest/token"],
      ["confluence", "/rest/tinymce/1/macro/preview"],
      ["confluence", "/rest/pat/latest/tokens"],
      ["confluence", "/rest/api/user/current/password"],
      ["bitbucket", "/rest/access-tokens/latest/users/fred"],
      ["bitbucket", "/rest/keys/1.0/projects/P/ssh"],
      ["bitbucket", "/rest/ssh/1.0/keys"],
      ["bitbucket", "/rest/api/1.0/admin/users/credentials"],
      ["bitbucket", "/rest/tsv/latest/elevate-permissions/password"],
      ["generic", "/rest/auth/1/session"],
    ];
    for (const [kind, path] of never)
      expect([path, kept(kind, path, ["/**"])]).toEqual([path, expect.objectContaining({ kind: "never" })]);
  });
});
