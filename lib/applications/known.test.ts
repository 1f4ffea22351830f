import { expect, test } from "vitest";
import { application } from "#test/verification";
import { LATCHKEY } from "./application";
import { knownApplications } from "./known";

const known = knownApplications(
  [
    application({ key: LATCHKEY, name: "Latchkey", routes: [] }),
    application({ key: "wiki", name: "Wiki", routes: [] }),
    application({ key: "jira", name: "Jira", routes: [{ host: "tools.corp", context: "/jira" }] }),
  ],
  "https://latchkey.corp:8443/x",
);

test("applications come by name, the portal's own last", () =>
  expect(known.map(({ key }) => key)).toEqual(["jira", "wiki", LATCHKEY]));

test("each says where requests to it go: host and context, nothing where it has no route, the portal's own for latchkey", () =>
  expect(known.map(({ host }) => host)).toEqual(["tools.corp/jira", "", "latchkey.corp:8443"]));

test("nothing else of an application is told to everybody", () =>
  expect(Object.keys(known[0] ?? {}).sort()).toEqual(["host", "key", "kind", "name"]));
