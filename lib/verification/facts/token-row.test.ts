import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FREE } from "#lib/tokens/restrictions/restricted";
import { CELLS, cellsOf, LIVING } from "#test/token-cells";
import { Sharing } from "./sharing";
import { AT, TOKEN_ROW, type TokenCell } from "./token-cells";
import { digestIn, readTokenRow, UnreadableRow } from "./token-row";

const read = (cells: unknown) => readTokenRow(cells, new Sharing());

describe("one row", () => {
  test("gives a token and its owner under the digest", () => {
    expect(read(cellsOf())).toEqual({
      digest: "d1",
      facts: {
        token: {
          ...{ id: "t1", name: "ci", ownerId: "u1", grant: { by: "tier" }, waiver: null },
          ...{ applications: "all", access: "write", ipRanges: [], createdAt: 1, secretBornAt: 2 },
          ...{ expiresAt: null, revokedAt: null, deniedAt: null, suspendedAt: null, supersededAt: null },
          ...{ overlapEndsAt: null, restrictions: [], restricted: FREE },
        },
        owner: {
          ...{ id: "u1", username: "maria", kind: "person", deactivatedAt: null },
          ...{ aliases: [], usernames: {}, groups: [] },
        },
      },
    });
  });

  test("names the delegation of an issued token, and what a waiver keeps", () => {
    expect(read(cellsOf({ grantBy: "delegation", delegationId: "d9" })).facts.token.grant).toEqual({
      by: "delegation",
      delegationId: "d9",
    });
    const waived = cellsOf({
      ...{ waiverUntil: 99, waiverAccess: "read", waiverApplications: ["jira"], waiverIpRanges: ["10.0.0.0/8"] },
    });
    expect(read(waived).facts.token.waiver).toEqual({
      until: 99,
      keeps: { access: "read", applications: ["jira"], ipRanges: ["10.0.0.0/8"] },
    });
  });

  test("takes an application called like a property of every object for what it is", () => {
    const { usernames } = read(cellsOf({ usernames: JSON.parse('{"__proto__": "m", "constructor": "c"}') })).facts
      .owner;
    expect(usernames.constructor).toBe("c");
    expect(usernames.toString).toBeUndefined();
    expect(read(cellsOf({ usernames: null })).facts.owner.usernames.constructor).toBeUndefined();
  });

  test.each<[string, Partial<Record<TokenCell, unknown>>]>([
    ["no time", { expiresAt: "Infinity" }],
    ["a time beyond numbers", { expiresAt: Number.POSITIVE_INFINITY }],
    ["no access", { access: "admin" }],
    ["no grant", { grantBy: null }],
    ["no kind of owner", { ownerKind: "robot" }],
    ["a range that is null", { ipRanges: [null] }],
    ["no list of ranges", { ipRanges: null }],
    ["no list of restrictions", { restrictions: null }],
    ["ranges that the list of restrictions does not name", { ipRanges: ["10.0.0.0/8"] }],
    ["named ranges that are not there", { restrictions: ["ip_ranges"] }],
    ["a name that is none", { usernames: { jira: 7 } }],
    ["a group without a ref", { groups: [["g1"]] }],
    ["an owner without an id", { ownerId: null }],
    ["a delegation that is not named", { grantBy: "delegation" }],
    ["neither all nor some applications", { allApplications: null }],
  ])("with %s is unreadable, but says whose it is", (_what, some) => {
    expect(() => read(cellsOf(some))).toThrow(UnreadableRow);
    expect(digestIn(cellsOf(some))).toBe("d1");
  });

  test("names a restriction of which this version has never heard", () => {
    expect(read(cellsOf({ restrictions: ["geo"] })).facts.token.restrictions).toEqual(["geo"]);
  });

  test("whatever stands in it is read or unreadable, and nothing else is thrown", () => {
    fc.assert(
      fc.property(fc.constantFrom(...CELLS), fc.jsonValue(), (name, value) => {
        try {
          read(cellsOf({ [name]: value }));
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(UnreadableRow);
        }
      }),
    );
    for (const none of [null, "x", {}, []]) {
      expect(() => read(none)).toThrow(UnreadableRow);
      expect(digestIn(none)).toBeNull();
    }
  });

  test("is asked for in as many cells as are read, each under its name", () => {
    expect(Object.keys(LIVING).sort()).toEqual([...CELLS].sort());
    expect(Object.values(AT)).toEqual(CELLS.map((_, place) => place));
    expect(TOKEN_ROW).toContain("t.restrictions");
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
    const [one, other] = [of(cellsOf({ groups })), of(cellsOf({ groups: structuredClone(groups) }))];
    expect(one.owner.groups).toBe(other.owner.groups);
    expect(one.owner.groups).toEqual([
      { id: "g1", ref: "devs" },
      { id: "g2", ref: "ldap:ops" },
    ]);
    const ranged = () => of(cellsOf({ ipRanges: ["10.0.0.0/8"], restrictions: ["ip_ranges"] })).token;
    expect(ranged().ipRanges).toBe(ranged().ipRanges);
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
