import { expect, test } from "vitest";
import { freePort } from "./free-port";

test("ports asked for one after the other, or at once, are never the same", async () => {
  const ports: number[] = [];
  for (let round = 0; round < 20; round++) ports.push(...(await Promise.all(Array.from({ length: 20 }, freePort))));
  expect(new Set(ports).size).toBe(400);
});
