import { expect, test } from "vitest";
import { isNarrowed, userListHref, userListState } from "./user-filter";

test("what is written into the address is what is read from it", () => {
  const state = userListState({ q: "mara & co", kind: "service", group: "ldap:dev", sort: "-lastSignInAt" });
  const query = Object.fromEntries(new URL(userListHref(state), "http://x").searchParams);
  expect(userListState(query)).toEqual(state);
  expect(userListHref(userListState({}))).toBe("/admin/users");
});

test("another order or filter begins at the first page, the next page keeps both", () => {
  const state = userListState({ q: "x", sort: "username", cursor: "abc" });
  expect(userListHref(state, { sort: "-username" })).toBe("/admin/users?q=x&sort=-username");
  expect(userListHref(state, { cursor: "def" })).toBe("/admin/users?q=x&sort=username&cursor=def");
});

test("of a name given twice the first counts, and what is no name of ours is left out", () => {
  expect(userListState({ role: ["admin", "user"], __proto__: "x", evil: "x" })).toMatchObject({ role: "admin", q: "" });
});

test("a tab narrows nothing, a filter does", () => {
  expect(isNarrowed(userListState({ kind: "service", sort: "username" }))).toBe(false);
  expect(isNarrowed(userListState({ maintainer: "none" }))).toBe(true);
});
