import { expect, it } from "vitest";
import { isId } from "./fields";
import { newId } from "./id";

it("is a UUID of version 7 that begins with its time, and never the same", () => {
  const at = Date.UTC(2026, 10, 22);
  const ids = Array.from({ length: 50 }, () => newId(at));
  expect(new Set(ids).size).toBe(50);
  for (const id of ids) {
    expect(isId(id)).toBe(true);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.replace("-", "").slice(0, 12), 16)).toBe(at);
  }
});
