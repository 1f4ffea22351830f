import { describe, expect, test } from "vitest";
import type { ApplicationKind } from "#lib/applications/application";
import { application, basic, bearer, decide, SECRET } from "#test/verification";

type Sent = readonly [line: string, asRead: string, asWrite: string];

/** What real clients send, in their order, and how it ends with a read and with a write token. */
type Flow = {
  readonly client: string;
  readonly kind: ApplicationKind;
  readonly context?: string;
  readonly headers: readonly string[];
  readonly sent: readonly Sent[];
};

const FLOWS: readonly Flow[] = [
  {
    client: "jira-client 8, base jira/",
    kind: "jira",
    context: "/jira",
    headers: [...basic("maria", SECRET), "Content-Type", "application/json"],
    sent: [
      ["GET /jira//rest/api/2/myself", "allowed", "allowed"],
      ["GET /jira//rest/api/2/issue/A-1?expand=&fields=%2Aall", "allowed", "allowed"],
      ["POST /jira//rest/api/2/search", "allowed", "allowed"],
      ["POST /jira//rest/api/2/issue", "write_refused", "allowed"],
      ["PUT /jira//rest/api/2/issue/A-1", "write_refused", "allowed"],
      ["POST /jira//rest/api/2/issue/A-1/transitions", "write_refused", "allowed"],
      ["DELETE /jira//rest/api/2/issue/A-1", "write_refused", "allowed"],
    ],
  },
  {
    client: "jira.js 5",
    kind: "jira",
    headers: [...bearer(), "X-Atlassian-Token", "no-check"],
    sent: [
      ["GET /rest/api/2/myself", "allowed", "allowed"],
      ["POST /rest/api/2/search", "allowed", "allowed"],
      ["POST /rest/api/2/worklog/list", "allowed", "allowed"],
      ["POST /rest/api/2/search/jql", "write_refused", "allowed"],
      ["GET /rest/api/2/issue/A-1/properties/com.x.y", "allowed", "allowed"],
      ["GET /rest/api/2/issue/A-1/properties/a/b;c%20d", "path_blocked", "path_blocked"],
      ["POST /rest/api/2/issue/A-1/attachments", "write_refused", "allowed"],
    ],
  },
  {
    client: "python-jira with a session",
    kind: "jira",
    headers: [...basic("maria", SECRET), "User-Agent", "python-requests/2.28"],
    sent: [
      ["GET /rest/api/2/serverInfo", "allowed", "allowed"],
      ["GET /rest/auth/1/session", "path_blocked", "path_blocked"],
      ["POST /rest/auth/1/session", "path_blocked", "path_blocked"],
      ["GET /secure/attachment/10000/a%20b.png", "allowed", "allowed"],
      ["GET /secure/projectavatar?pid=10000", "path_blocked", "path_blocked"],
    ],
  },
  {
    client: "git over https",
    kind: "bitbucket",
    context: "/bitbucket",
    headers: [...basic("maria", SECRET), "Git-Protocol", "version=2", "User-Agent", "git/2.39.5"],
    sent: [
      ["GET /bitbucket/scm/p/r.git/info/refs?service=git-upload-pack", "allowed", "allowed"],
      ["POST /bitbucket/scm/p/r.git/git-upload-pack", "allowed", "allowed"],
      ["GET /bitbucket/scm/p/r.git/info/refs?service=git-receive-pack", "write_refused", "allowed"],
      ["POST /bitbucket/scm/p/r.git/git-receive-pack", "write_refused", "allowed"],
      ["POST /bitbucket/scm/p/r.git/git-receive-pack/git-upload-pack", "write_refused", "allowed"],
    ],
  },
  {
    client: "git-lfs",
    kind: "bitbucket",
    headers: [...basic("token", SECRET), "Accept", "application/vnd.git-lfs+json"],
    sent: [
      ["POST /scm/p/r.git/info/lfs/objects/batch", "allowed", "allowed"],
      ["GET /scm/p/r.git/info/lfs/objects/abc", "allowed", "allowed"],
      ["PUT /scm/p/r.git/info/lfs/objects/abc", "write_refused", "allowed"],
      ["POST /scm/p/r.git/info/lfs/locks", "write_refused", "allowed"],
      ["POST /scm/p/r.git/info/lfs/locks/verify", "write_refused", "allowed"],
    ],
  },
  {
    client: "a CI server for Bitbucket",
    kind: "bitbucket",
    headers: bearer(),
    sent: [
      ["GET /rest/api/1.0/projects/X/repos/y/browse/src/main/webapp/WEB-INF/web.xml", "allowed", "allowed"],
      ["POST /rest/build-status/1.0/commits/abc", "write_refused", "allowed"],
      ["POST /rest/build-status/latest/commits/stats", "allowed", "allowed"],
      ["PUT /rest/access-tokens/latest/users/maria", "path_blocked", "path_blocked"],
      ["GET /rest/api/1.0/admin/users", "path_blocked", "path_blocked"],
      ["GET /projects/X/repos/y/browse", "path_blocked", "path_blocked"],
    ],
  },
  {
    client: "a Confluence exporter",
    kind: "confluence",
    context: "/wiki",
    headers: ["X-Api-Token", SECRET],
    sent: [
      ["GET /wiki/rest/api/content/search?cql=type%3Dpage", "allowed", "allowed"],
      ["POST /wiki/rest/api/contentbody/convert/view", "allowed", "allowed"],
      ["GET /wiki/download/attachments/1/report%20v1.2%20%28final%29.pdf", "allowed", "allowed"],
      ["POST /wiki/rest/api/content", "write_refused", "allowed"],
      ["GET /wiki/display/DS/100%25+done", "path_blocked", "path_blocked"],
      ["GET /wiki/rest/api/backup-restore/jobs/1/download", "path_blocked", "path_blocked"],
    ],
  },
  {
    client: "a CalDAV client",
    kind: "generic",
    headers: [...basic("maria", SECRET), "Depth", "1"],
    sent: [
      ["OPTIONS /maria/calendar/", "allowed", "allowed"],
      ["PROPFIND /maria/calendar/", "allowed", "allowed"],
      ["REPORT /maria/calendar/", "allowed", "allowed"],
      ["PUT /maria/calendar/1.ics", "write_refused", "allowed"],
      ["MKCALENDAR /maria/new/", "write_refused", "allowed"],
      ["PROPPATCH /maria/calendar/", "write_refused", "allowed"],
    ],
  },
];

function end(flow: Flow, line: string, access: "read" | "write"): string {
  const [method = "", target = ""] = line.split(" ");
  const routes = [{ host: "jira.corp", context: flow.context ?? "" }];
  const facts = { applications: [application({ kind: flow.kind, routes })] };
  return decide({ facts, token: { access }, request: { method, target, headers: flow.headers } }).reason;
}

describe.each(FLOWS)("$client", (flow) => {
  test.each(flow.sent)("%s ends with a read token: %s, with a write token: %s", (line, asRead, asWrite) => {
    expect([end(flow, line, "read"), end(flow, line, "write")]).toEqual([asRead, asWrite]);
  });
});

describe("what must not break when a gateway is put in front of a living application", () => {
  const living: readonly (readonly [who: string, line: string, headers: readonly string[], auth: string])[] = [
    ["a browser", "GET /secure/Dashboard.jspa", ["Cookie", "JSESSIONID=x", "Accept", "text/html"], "none"],
    ["a browser that logs in", "POST /login.jsp", ["Content-Type", "application/x-www-form-urlencoded"], "none"],
    ["a browser with a WebSocket", "GET /s/ws", ["Cookie", "x=y", "Upgrade", "websocket"], "none"],
    ["a script with a password", "POST /rest/api/2/issue", basic("fred", "hunter2"), "password"],
    ["a script that logs in by REST", "POST /rest/auth/1/session", ["Content-Type", "application/json"], "password"],
    ["an old feed reader", "GET /sr/x.xml?os_username=fred&os_password=x", [], "password"],
    ["a native token", "PUT /rest/api/2/issue/A-1", bearer("NjQ2MDAyOTU1NTI3OsdwQ8q4"), "foreignBearer"],
    ["an application link", "GET /rest/api/2/issue/A-1", ["Authorization", 'OAuth oauth_consumer_key="x"'], "oauth1"],
    ["a browser with Kerberos", "GET /secure/Dashboard.jspa", ["Authorization", "Negotiate YII="], "otherScheme"],
    ["an attachment with a semicolon", "GET /download/a;b.png", ["Cookie", "JSESSIONID=x"], "none"],
  ];
  test.each(living)("%s: %s", (_, line, headers, auth) => {
    const [method = "", target = ""] = line.split(" ");
    const authorization = headers[0] === "Authorization" ? headers[1] : "";
    expect(decide({ request: { method, target, headers } })).toMatchObject({
      allowed: true,
      auth,
      identity: null,
      authorization,
    });
  });
});
