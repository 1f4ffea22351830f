import { expect, test } from "vitest";
import { keyView } from "#lib/keys/view";
import { keyLines } from "./key-words";

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;
const key = (kid: string, state: "next" | "active" | "retired" | "leaked", hoursAgo: number, purpose = "session") => {
  const at = new Date(NOW - hoursAgo * HOUR);
  const gone = state === "retired" || state === "leaked";
  const row = {
    kid,
    purpose,
    state,
    createdAt: at,
    activatedAt: state === "next" ? null : at,
    retiredAt: gone ? at : null,
  };
  const view = keyView(row, NOW);
  if (view === null) throw new Error("no view");
  return view;
};

test("the key in use, the next and those that still open are told by name, with the time that counts", () => {
  const lines = keyLines([key("a", "active", 5), key("b", "next", 5), key("c", "retired", 5)]);
  expect(lines).toEqual([
    { id: "a", words: "used now; took over", at: "2026-11-22T07:00:00.000Z" },
    { id: "b", words: "next; made", at: "2026-11-22T07:00:00.000Z" },
    { id: "c", words: "opens what it made; ends", at: "2026-11-22T19:00:00.000Z" },
  ]);
});

test("what opens nothing more is counted, but who leaked stays named", () => {
  const lines = keyLines([key("d", "leaked", 1), key("e", "retired", 13), key("f", "retired", 90)]);
  expect(lines.map(({ id, words }) => [id, words])).toEqual([
    ["d", "leaked: opens nothing any more; turned out"],
    [null, "2 earlier ones open nothing any more"],
  ]);
  expect(keyLines([key("e", "retired", 13)])[0]?.words).toBe("1 earlier one opens nothing any more");
});

test("what must be opened for ever says so, however long ago it retired", () => {
  expect(keyLines([key("v", "retired", 9_000, "vault")])[0]?.words).toContain("for ever");
});
