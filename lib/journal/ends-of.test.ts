import { describe, expect, test } from "vitest";
import { ACTIONS } from "#lib/audit/event";
import type { editUserInput } from "#lib/users/schema";
import { endsOf } from "./ends-of";

const whats = (action: string, detail: unknown = { before: null, after: null }) =>
  endsOf({ action, subjectId: "t", detail }).map(({ what, id }) => `${what} ${id}`);
const edited = (before: object, after: object) => whats("token.edited", { before, after });

/** What an edit of a user can change, and what it was before. */
const USER: Readonly<Record<keyof typeof editUserInput.shape, unknown>> = {
  ...{ id: "t", version: 1, username: "ada", displayName: "Ada", email: null, groups: ["admins"], aliases: ["al"] },
  ...{ usernames: { jira: "a" }, maintainers: { users: ["bob"], groups: [] } },
};

describe("what a restored backup would undo", () => {
  test.each([
    ["token.revoked", ["end t"]],
    ["token.leak-reported", ["end t"]],
    ["token.suspended", ["stop t"]],
    ["token.resumed", ["go-on t"]],
    ["user.deactivated", ["deactivate t"]],
    ["user.deleted", ["deactivate t"]],
    ["user.reactivated", ["reactivate t"]],
    ["group.members-removed", ["look t"]],
    ["group.members-added", ["look t"]],
    ["policy.edited", ["look t"]],
    ["user.factor-added", ["look t"]],
    ["token.claimed", ["look t"]],
    ["gateway.secret-rotated", ["look t"]],
    ["token.created", []],
    ["user.signed-in", []],
  ])("%s", (action, ends) => {
    expect(whats(action)).toEqual(ends);
  });

  test("an action that this version does not know is looked at by somebody", () => {
    expect(whats("token.shrunk")).toEqual(["look t"]);
    expect(whats("constructor")).toEqual(["look t"]);
  });

  test("everything that says it was ended, deleted or removed has been thought of", () => {
    const harmless = /^(user\.(signed-out|session-ended|sessions-ended)|installation\.quarantine-ended|view\.deleted)$/;
    const ended = ACTIONS.filter((action) => /(ended|deleted|removed|revoked|suspended)$/.test(action));
    expect(ended.filter((action) => whats(action).length === 0 && !harmless.test(action))).toEqual([]);
  });

  test("an edit of a token that only says other words ends nothing, any other may have narrowed it", () => {
    expect(edited({ name: "a", access: "read" }, { name: "b", access: "read" })).toEqual([]);
    expect(edited({ access: "write" }, { access: "read" })).toEqual(["narrow t"]);
    expect(edited({ ipRanges: [] }, { ipRanges: ["192.0.2.0/24"] })).toEqual(["narrow t"]);
    expect(edited({}, { paths: ["/a"] })).toEqual(["narrow t"]);
  });

  test.each(Object.keys(USER))("an edit of a user's %s is looked at, unless it is only words", (field) => {
    const isOnlyWords = ["displayName", "email", "version"].includes(field);
    const after = { ...USER, [field]: "other", version: 2 };
    expect(whats("user.edited", { before: USER, after })).toEqual(isOnlyWords ? [] : ["look t"]);
  });

  test("a rotation ends the old secret, and older ones that it stopped", () => {
    expect(whats("token.rotated", { before: {}, after: { stopped: ["older", 7] } })).toEqual(["end t", "end older"]);
    expect(whats("token.rotated", null)).toEqual(["end t"]);
  });
});
