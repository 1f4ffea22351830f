import { expect, test } from "vitest";
import { writtenFor } from "./recording";
import { holds } from "./table";

test("a row for each request is too many, whether one token sends them or a thousand", () => {
  const held = (written: number) => [
    holds(writtenFor("", "one", written, 1_000)),
    holds(writtenFor("", "many", written, 1_000)),
  ];
  expect([held(1), held(65), held(1_000)]).toEqual([
    [true, true],
    [false, true],
    [false, false],
  ]);
});
