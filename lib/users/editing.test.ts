import { describe, expect, it } from "vitest";
import { localGroups, mayBecome, namesAfter } from "./editing";
import type { UserView } from "./view";

const ID = "0190d4a5-0000-7000-8000-00000000000a";
const user = (some: Partial<UserView> = {}): UserView => ({
  ...{ id: ID, username: "mara", displayName: "Mara", email: "m@example.com", kind: "person", source: "local" },
  ...{ externalId: null, aliases: ["m@example.com", "lind"], usernames: {}, groups: ["ops", "ldap:dev"] },
  ...{ maintainers: { users: [], groups: [] }, role: "user", tier: null, createdAt: "", deactivatedAt: null },
  ...{ lastSignInAt: null, version: 1, ...some },
});
const input = { id: ID, version: 1 };

describe("what may be changed", () => {
  it("is not what a directory delivers, unless it stays as it is", () => {
    const far = user({ source: "ldap" });
    expect(mayBecome(far, { ...input, email: "x@example.com", username: "x" })).toMatchObject({
      refusal: { code: "forbidden", errors: [{ path: "username" }, { path: "email" }] },
    });
    expect(mayBecome(far, { ...input, email: "m@example.com", aliases: ["x"] })).toMatchObject({ ok: true });
    expect(mayBecome(user(), { ...input, email: null, username: "x" })).toMatchObject({ ok: true });
  });

  it("is no maintainer of a person", () => {
    const maintainers = { users: [], groups: ["ops"] };
    expect(mayBecome(user(), { ...input, maintainers })).toMatchObject({ refusal: { code: "invalid_input" } });
    expect(mayBecome(user({ kind: "service" }), { ...input, maintainers })).toMatchObject({ ok: true });
    expect(mayBecome(user(), { ...input, maintainers: { users: [], groups: [] } })).toMatchObject({ ok: true });
  });
});

describe("the names after an edit", () => {
  const names = (changes: object) => {
    const { username, others } = namesAfter(user(), { ...input, ...changes });
    return [username.name, ...others.map(({ name }) => name)];
  };

  it("are the old ones too: a former username and a former address stay until they are taken out", () => {
    expect(names({})).toEqual(["mara", "m@example.com", "m@example.com", "lind"]);
    expect(names({ username: "mara.lind" })).toEqual(["mara.lind", "m@example.com", "m@example.com", "lind", "mara"]);
    expect(names({ email: "new@example.com" })).toEqual(["mara", "new@example.com", "m@example.com", "lind"]);
    expect(names({ email: null, aliases: [] })).toEqual(["mara"]);
  });

  it("say which field each came from", () => {
    const { others } = namesAfter(user(), { ...input, username: "x", aliases: ["a", "b"] });
    expect(others.map(({ path }) => path)).toEqual(["email", "aliases.0", "aliases.1", "username"]);
  });
});

describe("the groups of an edit", () => {
  it("are the local ones of the whole list; a directory's stand there as they were read", () => {
    expect(localGroups(user(), ["ldap:dev", "new"])).toEqual({ ok: true, value: ["new"] });
    expect(localGroups(user(), ["new"])).toMatchObject({ refusal: { errors: [{ path: "groups" }] } });
    expect(localGroups(user(), ["ldap:dev", "scim:x"])).toMatchObject({ refusal: { errors: [{ path: "groups.1" }] } });
    expect(localGroups(user({ groups: [] }), [])).toEqual({ ok: true, value: [] });
  });
});
