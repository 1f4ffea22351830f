import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Sharing } from "./sharing";
import { readTokenRow, UnreadableRow } from "./token-row";

/** A living own token as the database brings it. */
const row = (): unknown[] => [
  ...["d1", "t1", "ci", "tier", null, true, null, "write", null],
  ...[1, 2, null, null, null, null, null, null],
  ...[null, null, false, null, null],
  [],
  ...["u1", "maria", "person", null, null, null, null],
];
/** A row in which the cell at a place is another. */
const changed = (at: number, value: unknown) => row().map((cell, i) => (i === at ? value : cell));
const read = (cells: unknown) => readTokenRow(cells, new Sharing());

describe("one row", () => {
  test("gives a token and its owner under the digest", () => {
    expect(read(row())).toEqual({
      digest: "d1",
      facts: {
        token: {
          ...{ id: "t1", name: "ci", ownerId: "u1", grant: { by: "tier" }, waiver: null },
          ...{ applications: "all", access: "write", ipRanges: [], createdAt: 1, secretBornAt: 2 },
          ...{ expiresAt: null, revokedAt: null, deniedAt: null, suspendedAt: null, supersededAt: null },
          ...{ overlapEndsAt: null, unknownRestrictions: [] },
        },
        owner: {
          ...{ id: "u1", username: "maria", kind: "person", deactivatedAt: null },
          ...{ aliases: [], usernames: {}, groups: [] },
        },
      },
    });
  });

  test("names the delegation of an issued token, and what a waiver keeps", () => {
    expect(read(changed(3, "delegation").map((cell, i) => (i === 4 ? "d9" : cell))).facts.token.grant).toEqual({
      by: "delegation",
      delegationId: "d9",
    });
    const waived = row();
    waived.splice(17, 5, 99, "read", false, ["jira"], ["10.0.0.0/8"]);
    expect(read(waived).facts.token.waiver).toEqual({
      until: 99,
      keeps: { access: "read", applications: ["jira"], ipRanges: ["10.0.0.0/8"] },
    });
  });

  test("takes an application called like a property of every object for what it is", () => {
    const { usernames } = read(changed(28, JSON.parse('{"__proto__": "m", "constructor": "c"}'))).facts.owner;
    expect(usernames.constructor).toBe("c");
    expect(usernames.toString).toBeUndefined();
  });

  test.each([
    ["no time", 11, "Infinity"],
    ["a time beyond numbers", 11, Number.POSITIVE_INFINITY],
    ["no access", 7, "admin"],
    ["no grant", 3, null],
    ["no kind of owner", 25, "robot"],
    ["a range that is null", 8, [null]],
    ["a name that is none", 28, { jira: 7 }],
    ["a group without a ref", 29, [["g1"]]],
    ["an owner without an id", 23, null],
    ["a delegation that is not named", 3, "delegation"],
    ["neither all nor some applications", 5, null],
  ])("with %s is unreadable", (_what, at, value) => {
    expect(() => read(changed(at, value))).toThrow(UnreadableRow);
  });

  test("whatever stands in it is read or unreadable, and nothing else is thrown", () => {
    fc.assert(
      fc.property(fc.nat(29), fc.jsonValue(), (at, value) => {
        try {
          read(changed(at, value));
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(UnreadableRow);
        }
      }),
    );
    expect(() => read(null)).toThrow(UnreadableRow);
    expect(() => read("x")).toThrow(UnreadableRow);
  });
});

describe("many rows", () => {
  test("share equal lists and groups, and the empty list is one object for all", () => {
    const sharing = new Sharing();
    const of = (cells: unknown[]) => readTokenRow(cells, sharing).facts;
    const groups = [
      ["g1", "devs"],
      ["g2", "ldap:ops"],
    ];
    const [one, other] = [of(changed(29, groups)), of(changed(29, structuredClone(groups)))];
    expect(one.owner.groups).toBe(other.owner.groups);
    expect(one.owner.groups).toEqual([
      { id: "g1", ref: "devs" },
      { id: "g2", ref: "ldap:ops" },
    ]);
    expect(of(changed(8, ["10.0.0.0/8"])).token.ipRanges).toBe(of(changed(8, ["10.0.0.0/8"])).token.ipRanges);
    expect(one.token.ipRanges).toBe(other.owner.aliases);
  });

  test("never share different lists, however they are written one after the other", () => {
    const apart = (a: string[], b: string[]) => {
      const sharing = new Sharing();
      expect(sharing.texts([...a])).toEqual(a);
      expect(sharing.texts([...b])).toEqual(b);
    };
    apart(["a", "b"], ["a\nb"]);
    apart(["a b"], ["a", "b"]);
    apart(["", ""], [""]);
    const sharing = new Sharing();
    const renamed = (ref: string) => sharing.groups([{ id: "g1", ref }]);
    expect(renamed("devs")).toEqual([{ id: "g1", ref: "devs" }]);
    expect(renamed("developers")).toEqual([{ id: "g1", ref: "developers" }]);
  });

  test("sharing is bounded: beyond the most it begins anew", () => {
    const sharing = new Sharing(2);
    const first = sharing.texts(["a"]);
    sharing.texts(["b"]);
    sharing.texts(["c"]);
    expect(sharing.texts(["a"])).toEqual(first);
    expect(sharing.texts(["a"])).not.toBe(first);
  });
});
