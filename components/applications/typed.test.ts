import { describe, expect, test } from "vitest";
import { exceptions } from "#lib/applications/requests-schema";
import { typedApplication, typedNew } from "./typed";

/** What a form sends of these fields. */
function typed(fields: Readonly<Record<string, string | readonly string[]>>) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) data.append(name, each);
  return typedApplication(data);
}

describe("what is typed into an application's form", () => {
  test("names exceptions class by class: users and paths of passwords, one a line, and paths alone of all others", () => {
    const said = typed({
      "exceptions.users": "legacy.bot\r\n  Ada Lovelace \r\n\r\n",
      "exceptions.password": " /rest/api/2/search\r\n/status/** ",
      "exceptions.foreignBearer": "/metrics",
    }).exceptions;
    expect(said).toEqual({
      password: { users: ["legacy.bot", "Ada Lovelace"], paths: ["/rest/api/2/search", "/status/**"] },
      foreignBearer: { paths: ["/metrics"] },
      oauth1: { paths: [] },
      otherScheme: { paths: [] },
      none: { paths: [] },
    });
    expect(exceptions.parse(said)).toEqual(said);
  });

  test("says of every class that nothing is excepted where nothing is typed: an edit keeps no list unseen", () => {
    const said = typed({ "exceptions.users": " \n ", "exceptions.none": "" }).exceptions;
    expect(Object.keys(said)).toHaveLength(5);
    expect(Object.values(said).flatMap((each) => [...each.paths, ...("users" in each ? each.users : [])])).toEqual([]);
  });

  test("goes as it is where it is wrong, so that the server says what", () => {
    const said = typed({ "exceptions.users": "a:b", paths: "no/slash" });
    expect(exceptions.safeParse(said.exceptions).error?.issues.map(({ path }) => path.join("."))).toEqual([
      "password.users.0",
    ]);
    expect(said.paths).toEqual(["no/slash"]);
  });

  test("is a list of further paths, one a line, and the packs that are ticked", () => {
    const said = typed({ paths: "/charts/**\n/x /y", readPacks: ["webdav", "avatars"] });
    expect([said.paths, said.readPacks]).toEqual([
      ["/charts/**", "/x", "/y"],
      ["webdav", "avatars"],
    ]);
  });

  test("is off where a box is not ticked, and no header or parameter where a field is empty", () => {
    const boxes = { basic: "on", preflight: "on", header: " X-Jira-Token ", query: " " };
    expect(typed(boxes)).toMatchObject({
      credentials: { basic: true, bearer: false, header: "X-Jira-Token", query: null },
      usernames: { aliases: false, empty: false },
      ...{ preflight: true, webSocket: false, introspectRestricted: false },
    });
  });

  test("of one that is new is the same, and its key", () => {
    const data = new FormData();
    data.set("key", " wiki ");
    expect(typedNew(data)).toEqual({ ...typedApplication(data), key: "wiki" });
  });
});
