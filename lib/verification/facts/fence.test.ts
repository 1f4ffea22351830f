import { expect, test } from "vitest";
import { Fence } from "./fence";

function fenceAt(seq: number, most = 3): Fence {
  const fence = new Fence(most);
  fence.restart("epoch-a", seq);
  return fence;
}

test("what was read before a change of its key is not fresh, what saw the change is", () => {
  const fence = fenceAt(10);
  fence.touch("maria", 12);
  expect(fence.isFresh(11, "maria")).toBe(false);
  expect(fence.isFresh(12, "maria")).toBe(true);
  expect(fence.isFresh(10, "erik")).toBe(true);
});

test("a later change of the same key counts", () => {
  const fence = fenceAt(10);
  fence.touch("maria", 12);
  fence.touch("maria", 15);
  expect(fence.isFresh(14, "maria")).toBe(false);
});

test("a load from before everything was flushed is discarded whole", () => {
  const fence = fenceAt(10);
  const ticket = fence.ticket();
  fence.raise(20);
  expect(fence.isWhole(ticket, "epoch-a", 19)).toBe(false);
  expect(fence.isWhole(ticket, "epoch-a", 20)).toBe(true);
});

test("memory stays bounded: beyond the most keys everything up to now counts as touched", () => {
  const fence = fenceAt(10, 3);
  const ticket = fence.ticket();
  for (const [at, key] of ["a", "b", "c", "d"].entries()) fence.touch(key, 11 + at);
  expect(fence.size).toBeLessThanOrEqual(3);
  expect(fence.isWhole(ticket, "epoch-a", 13)).toBe(false);
  expect(fence.isWhole(ticket, "epoch-a", 14)).toBe(true);
});

test("nothing that was sent in one timeline returns in another, however high its sequence", () => {
  const fence = fenceAt(10);
  const before = fence.ticket();
  fence.restart("epoch-a", 4);
  expect(fence.isWhole(before, "epoch-a", 500)).toBe(false);
  expect(fence.isWhole(fence.ticket(), "epoch-a", 4)).toBe(true);
});

test("a load that met another server or a database of another epoch is discarded", () => {
  const fence = fenceAt(10);
  expect(fence.isWhole(fence.ticket(), "epoch-b", 500)).toBe(false);
});
