import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, GENESIS, hashEvent, sameHash } from "./chain";
import type { Json } from "./define";
import type { AuditEvent } from "./event";
import { type AuditRow, eventOf } from "./row";

const KEY = Buffer.alloc(32, 7);
const EVENT: AuditEvent = {
  seq: 4n,
  at: Date.UTC(2026, 10, 22, 12),
  actor: { kind: "user", id: "u-1", name: "ada" },
  action: "token.created",
  subject: { kind: "token", id: "t-1", name: "backup" },
  detail: { before: null, after: { access: "read", applications: ["jira", "wiki"], nested: { a: 1 } } },
  address: "192.0.2.1",
};
const hex = (event: AuditEvent, key = KEY, previous: Uint8Array = GENESIS) =>
  hashEvent(key, previous, event).toString("hex");

const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as Json);

/** The same content with the members of every object the other way round, as a database may hand them back. */
function turned(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => turned(item));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]) => [key, turned(item as Json)]),
  );
}

describe("canonical JSON", () => {
  test("is the same text for the same content, whatever order the database gave it", () => {
    fc.assert(fc.property(json, (value) => canonicalJson(turned(value)) === canonicalJson(value)));
  });

  test("is JSON of that very content: nothing is lost, so no two contents share a text", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(value);
      }),
    );
  });

  test("keeps lists in their order", () => {
    expect(canonicalJson(["b", "a"])).not.toBe(canonicalJson(["a", "b"]));
  });
});

describe("the hash of an event", () => {
  const changes: [string, Partial<AuditEvent>][] = [
    ["its place", { seq: 5n }],
    ["its time, by a millisecond", { at: EVENT.at + 1 }],
    ["the kind of its actor", { actor: { ...EVENT.actor, kind: "token" } }],
    ["who its actor is", { actor: { ...EVENT.actor, id: null } }],
    ["what its actor is called", { actor: { ...EVENT.actor, name: "eve" } }],
    ["what happened", { action: "token.issued" }],
    ["to what kind of thing", { subject: { ...EVENT.subject, kind: "user" } }],
    ["to what", { subject: { ...EVENT.subject, id: "t-2" } }],
    ["what that is called", { subject: { ...EVENT.subject, name: "Backup" } }],
    ["what was before", { detail: { ...EVENT.detail, before: {} } }],
    ["what is after", { detail: { ...EVENT.detail, after: null } }],
    ["before and after, exchanged", { detail: { before: EVENT.detail.after, after: EVENT.detail.before } }],
    ["the address", { address: null }],
  ];
  test.each(changes)("is another when somebody changes %s", (_what, some) => {
    expect(hex({ ...EVENT, ...some })).not.toBe(hex(EVENT));
  });

  test("is another under another key, and after another event: nobody forges one without both", () => {
    expect(hex(EVENT, Buffer.alloc(32, 8))).not.toBe(hex(EVENT));
    expect(hex(EVENT, KEY, Buffer.alloc(32, 1))).not.toBe(hex(EVENT));
    expect(hex(EVENT)).toMatch(/^[0-9a-f]{64}$/);
  });

  test("does not let text move from one field into the next", () => {
    const one = { ...EVENT, subject: { kind: "token", id: "t-1", name: 'x","id":"t-2' } };
    const other = { ...EVENT, subject: { kind: "token", id: "t-2", name: "x" } };
    expect(hex(one)).not.toBe(hex(other));
  });

  test("depends on no order of members", () => {
    const same = { ...EVENT, detail: { after: turned(EVENT.detail.after), before: EVENT.detail.before } };
    expect(hex(same)).toBe(hex(EVENT));
  });

  test("is for ever what it was: the log that was written by earlier versions must go on fitting", () => {
    expect(hex(EVENT)).toBe("ebf6dd6a5181f0678e2543759236d88f1634d7f264f4fa108fdc839d468822fc");
  });

  test("is compared whole: a beginning of it is another", () => {
    const hash = hashEvent(KEY, GENESIS, EVENT);
    expect(sameHash(hash, Buffer.from(hash))).toBe(true);
    expect(sameHash(hash, hash.subarray(0, 31))).toBe(false);
    expect(sameHash(hash, Buffer.alloc(0))).toBe(false);
    for (let bit = 0; bit < 256; bit += 17) {
      const other = Buffer.from(hash);
      other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(sameHash(hash, other)).toBe(false);
    }
  });
});

const ROW: AuditRow = {
  ...{ seq: 4n, at: new Date(EVENT.at), actorKind: "user", actorId: "u-1", actorName: "ada" },
  ...{ action: "token.created", subjectKind: "token", subjectId: "t-1", subjectName: "backup" },
  ...{ detail: EVENT.detail, address: "192.0.2.1" },
};

describe("a stored event", () => {
  test("is read as it was written", () => {
    expect(eventOf(ROW)).toEqual(EVENT);
  });

  test("of another version's vocabulary is read as it stands, so that its place in the chain can be checked", () => {
    const row = { ...ROW, action: "token.forgotten", actorKind: "robot", subjectKind: "thing" };
    expect(eventOf(row)).toMatchObject({
      action: "token.forgotten",
      actor: { kind: "robot" },
      subject: { kind: "thing" },
    });
  });

  test.each<[string, unknown]>([
    ["something added", { ...EVENT.detail, note: "harmless" }],
    ["a half missing", { before: null }],
    ["another spelling", { Before: null, after: EVENT.detail.after }],
    ["nothing", null],
    ["a list", [EVENT.detail]],
    ["a text", JSON.stringify(EVENT.detail)],
  ])("whose detail was changed to %s has another hash", (_what, detail) => {
    expect(hex(eventOf({ ...ROW, detail }))).not.toBe(hex(EVENT));
    expect(hex(eventOf(ROW))).toBe(hex(EVENT));
  });
});
