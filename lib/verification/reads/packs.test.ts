import { describe, expect, test } from "vitest";
import type { ApplicationKind, ReadPack } from "#lib/applications/application";
import { NOON } from "#test/rules";
import { tokenFacts } from "#test/token-facts";
import { application, bearer, installation, question, reasonOf, request } from "#test/verification";
import { explain } from "../explain";
import { PACK_NAMES, READ_PACKS } from "./packs";

/** What the client of each pack sends, with a token that may only read. */
const SENT: readonly (readonly [pack: ReadPack, kind: ApplicationKind, line: string])[] = [
  ["feeds", "jira", "GET /sr/jira.issueviews:searchrequest-xml/temp/SearchRequest.xml?jqlQuery=x&tempMax=100"],
  ["feeds", "jira", "GET /si/jira.issueviews:issue-xml/A-1/A-1.xml"],
  ["avatars", "jira", "GET /secure/useravatar?ownerId=fred&avatarId=1"],
  ["avatars", "bitbucket", "GET /users/fred/avatar.png?s=64"],
  ["avatars", "confluence", "GET /images/icons/profilepics/default.svg"],
  ["webdav", "confluence", "PROPFIND /plugins/servlet/confluence/default/Global/DS"],
  ["webdav", "confluence", "GET /plugins/servlet/confluence/default/Global/DS/page.txt"],
  ["tempo", "jira", "POST /rest/tempo-timesheets/4/worklogs/search"],
  ["assets", "jira", "POST /rest/assets/1.0/object/aql"],
  ["assets", "jira", "POST /rest/insight/1.0/object/navlist/iql"],
  ["structure", "jira", "POST /rest/structure/2.0/value"],
  ["jira-cloud-like", "jira", "POST /rest/api/2/search/jql"],
  ["jira-cloud-like", "jira", "POST /rest/api/3/issue/A-1/changelog/list"],
];
const split = (line: string) => {
  const [method = "", target = ""] = line.split(" ");
  return { method, target };
};
const having = (kind: ApplicationKind, ...readPacks: ReadPack[]) => ({
  applications: [application({ kind, readPacks })],
});

describe.each(SENT)("the read pack %s of %s: %s", (pack, kind, line) => {
  test("lets it pass, which is refused without it", () => {
    expect(reasonOf({ request: split(line), facts: having(kind) })).toMatch(/path_blocked|write_refused/);
    expect(reasonOf({ request: split(line), facts: having(kind, pack) })).toBe("allowed");
  });

  test("is what Explain names", () => {
    const told = explain(installation(having(kind)), question(request(split(line))), tokenFacts(), NOON);
    expect(told.steps.find(({ outcome }) => outcome === "failed")?.remedy).toMatch(
      new RegExp(`The application's read pack ${pack} would let it pass\\.$`),
    );
    expect(told.reason).toMatch(/path_blocked|write_refused/);
  });
});

describe("read packs", () => {
  test("are all sent by somebody here", () => {
    expect(new Set(SENT.map(([pack]) => pack))).toEqual(new Set(PACK_NAMES));
    for (const { client, opens } of Object.values(READ_PACKS)) expect(client.length * opens.length).toBeGreaterThan(0);
  });

  test("open nothing that a kind never opens, and make no write a read", () => {
    for (const kind of ["jira", "confluence", "bitbucket", "generic"] as const) {
      const facts = having(kind, ...PACK_NAMES);
      const ask = (line: string) => reasonOf({ request: split(line), facts });
      expect(ask("GET /rest/auth/1/session")).toBe("path_blocked");
      expect(ask("PUT /rest/api/2/search/jql")).toBe("write_refused");
      expect(ask("POST /rest/api/2/issue")).toBe("write_refused");
      expect(ask("POST /rest/structure/2.0/structure")).toBe("write_refused");
    }
    const PLUGIN = "/plugins/servlet/confluence/x";
    const dav = (method: string) =>
      reasonOf({
        request: { method, target: PLUGIN, headers: [...bearer(), "Destination", PLUGIN] },
        facts: having("confluence", "webdav"),
      });
    for (const method of ["PUT", "MKCOL", "MOVE", "COPY", "LOCK", "DELETE", "PROPPATCH", "POST"])
      expect([method, dav(method)]).toEqual([method, "write_refused"]);
  });

  test("that would not help are not named", () => {
    const told = (line: string) =>
      explain(installation(having("jira")), question(request(split(line))), tokenFacts(), NOON).steps;
    for (const line of ["GET /secure/admin", "POST /rest/api/2/issue", "GET /rest/pat/latest/tokens"])
      expect(JSON.stringify(told(line))).not.toContain("read pack");
  });
});
