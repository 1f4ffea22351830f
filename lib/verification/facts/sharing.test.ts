import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Sharing } from "./sharing";

const name = fc.constantFrom("", "a", "b", "ab", "a,b", "jira");
const names = fc.array(name, { maxLength: 4 });
const groups = fc.array(fc.record({ id: name, ref: name }), { maxLength: 4 });

describe("equal lists of many facts", () => {
  test("are one object, and lists that differ never are, however few may be remembered", () => {
    fc.assert(
      fc.property(fc.array(names, { maxLength: 12 }), fc.integer({ min: 1, max: 20 }), (lists, most) => {
        const sharing = new Sharing(most);
        for (const list of lists) {
          const before = [...list];
          expect(sharing.texts(list)).toEqual(before);
          expect(sharing.texts([...before])).toBe(sharing.texts([...before]));
        }
      }),
    );
  });

  test("of groups keep who is in what: an id is never taken for another's ref", () => {
    fc.assert(
      fc.property(fc.array(groups, { maxLength: 8 }), (lists) => {
        const sharing = new Sharing();
        for (const list of lists) expect(sharing.groups(list)).toEqual([...list]);
        for (const list of lists) expect(sharing.groups([...list])).toBe(sharing.groups([...list]));
      }),
    );
  });

  test("share their groups too, so that a hundred lists of one group hold it once", () => {
    const sharing = new Sharing();
    const group = () => ({ id: "g1", ref: "admins" });
    const [one] = sharing.groups([group()]);
    const [other] = sharing.groups([group(), { id: "g2", ref: "users" }]);
    expect(other).toBe(one);
  });

  test("cannot be changed by who holds them: others hold them too", () => {
    const sharing = new Sharing();
    expect(Object.isFrozen(sharing.texts(["a"]))).toBe(true);
    expect(Object.isFrozen(sharing.groups([{ id: "g", ref: "r" }]))).toBe(true);
    expect(Object.isFrozen(sharing.texts([]))).toBe(true);
  });

  test("begin anew beyond the bound, and what was handed out stays what it was", () => {
    const sharing = new Sharing(2);
    const first = sharing.texts(["a"]);
    for (const other of ["b", "c", "d"]) sharing.texts([other]);
    expect(sharing.texts(["a"])).not.toBe(first);
    expect(first).toEqual(["a"]);
  });
});
