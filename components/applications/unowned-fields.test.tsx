import { renderToStaticMarkup as html } from "react-dom/server";
import { expect, test } from "vitest";
import type { IdentityMode } from "#lib/applications/application";
import { presetRules } from "#lib/applications/rules";
import type { ApplicationView } from "#lib/applications/view";
import { UnownedFields } from "./unowned-fields";

const jira: ApplicationView = {
  ...{ id: "a1", key: "jira", name: "Jira", kind: "jira", identity: "none", routes: [] },
  rules: presetRules("jira", "none"),
  exceptions: {
    password: { users: ["fred.nilsson"], paths: ["/rest/api/**"] },
    none: { users: [], paths: ["/status"] },
  },
  credentials: { basic: true, bearer: true, header: null, query: null },
  usernames: { aliases: false, empty: false },
  ...{ paths: [], readPacks: [], pathFilter: {}, webSocket: false, preflight: false, introspectRestricted: false },
  ...{ createdAt: "2026-11-22T12:00:00.000Z", version: 1 },
};
const fields = (identity: IdentityMode, kind = jira.kind, application = jira) =>
  UnownedFields({ application, kind, identity, problem: null });
const EXCEPTED = /fred\.nilsson|\/rest\/api\/\*\*|\/status/g;

test("rules and exceptions stand as they are while somebody behind the gateway asks", () => {
  for (const drawn of [html(fields("none")), html(fields("passthrough", "confluence"))]) {
    expect(drawn.match(EXCEPTED)).toHaveLength(3);
    expect(drawn).not.toContain("All set to block");
  }
});

test("both begin anew where nobody asks any more, and the form says so", () => {
  for (const drawn of [html(fields("header")), html(fields("jwt")), html(fields("none", "generic"))]) {
    expect(drawn).toContain("All set to block, without exceptions");
    expect(drawn.match(EXCEPTED)).toBeNull();
    expect(drawn.match(/<option[^>]*value="block"[^>]*selected/g)).toHaveLength(5);
  }
});

test("what was there before goes from the screen at that moment, and comes back with the choice", () => {
  expect(fields("header").key).not.toBe(fields("none").key);
  expect(fields("header").key).toBe(fields("jwt").key);
});

test("an application that blocked already keeps its exceptions", () => {
  const told = { ...jira, identity: "header", rules: presetRules("jira", "header") } as const;
  expect(html(fields("jwt", "jira", told)).match(EXCEPTED)).toHaveLength(3);
});
