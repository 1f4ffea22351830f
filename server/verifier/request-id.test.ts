import { expect, test } from "vitest";
import { newRequestId } from "./request-id";

test("ids are UUIDs of version 7 that begin with their time", () => {
  const id = newRequestId(0x0190_d4a5_1234);
  expect(id).toMatch(/^0190d4a5-1234-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("two million ids of one millisecond are all different", () => {
  const ids = new Set<string>();
  for (let i = 0; i < 2_000_000; i += 1) ids.add(newRequestId(1_800_000_000_000));
  expect(ids.size).toBe(2_000_000);
});
