import { describe, expect, it } from "vitest";
import { seal } from "#lib/keyset";
import { keyText, pageOfFound, startOf } from "./cursor";
import { TOKEN_ORDERS } from "./filter";

const ID = "0190d4a5-0000-7000-8000-00000000000a";
const sealed = (sort: string, key: string | number | null, backwards = false) => seal(sort, { key, id: ID, backwards });
const codeOf = (sort: string, cursor: string) => {
  const start = startOf({ sort, cursor });
  return start.ok ? "fits" : start.refusal.code;
};

describe("a cursor of the token manager", () => {
  it("leads to where its page ends, and back", () => {
    const start = { order: "name", descending: false, from: null, backwards: false } as const;
    const rows = ["a", "b", "c"].map((key) => ({ key, id: ID }));
    const page = pageOfFound("name", start, rows, 2);
    expect(page.ids).toHaveLength(2);
    expect(page.previousCursor).toBeNull();
    const next = startOf({ sort: "name", cursor: page.nextCursor ?? "" });
    expect(next).toMatchObject({ value: { from: { key: "b", id: ID }, descending: false } });
    if (!next.ok) return;
    const { previousCursor } = pageOfFound("name", next.value, rows, 2);
    expect(startOf({ sort: "name", cursor: previousCursor ?? "" })).toMatchObject({
      value: { from: { key: "a" }, descending: true, backwards: true },
    });
  });

  it("of another order, or with what the order cannot have, is refused", () => {
    for (const sort of TOKEN_ORDERS) {
      const other = sort === "name" ? "owner" : "name";
      expect(codeOf(sort, sealed(other, "a"))).toBe("invalid_input");
      expect(codeOf(sort, sealed(`-${sort}`, "read"))).toBe("invalid_input");
      for (const key of [null, 7, "a\u0000b", "\ud800"]) expect(codeOf(sort, sealed(sort, key))).toBe("invalid_input");
      expect(codeOf(sort, "%%%")).toBe("invalid_input");
    }
    for (const sort of ["createdAt", "expiresAt", "lastUsedAt"])
      for (const key of ["soon", "2026-13-45T00:00:00Z", "infinity'; --", ""])
        expect(codeOf(sort, sealed(sort, key))).toBe("invalid_input");
    expect(codeOf("access", sealed("access", "admin"))).toBe("invalid_input");
  });

  it("carries times in one form, also of what never ends", () => {
    expect(keyText("expiresAt", "2026-11-22 12:00:00.5+05:30")).toBe("2026-11-22T06:30:00.500Z");
    expect(keyText("expiresAt", "infinity")).toBe("infinity");
    expect(keyText("name", "2026-11-22 12:00:00+00")).toBe("2026-11-22 12:00:00+00");
    for (const key of ["infinity", "-infinity", keyText("createdAt", "2026-11-22 12:00:00+00")])
      expect(codeOf("lastUsedAt", sealed("lastUsedAt", key))).toBe("fits");
  });
});
