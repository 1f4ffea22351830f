import { describe, expect, test } from "vitest";
import { inOrder, type Line, linesIn, written } from "./line";

const LINE: Line = {
  ...{ era: 1, epoch: "01a2014a-1b72-405c-a6d0-76738c0f5284", audit: "7", hash: "ab".repeat(32), seq: "9" },
  ...{ at: "2026-11-22T12:00:00.000Z", ends: [{ what: "end", id: "t", action: "token.revoked" }] },
};
const at = (era: number, audit: string): Line => ({ ...LINE, era, audit });

describe("lines of a journal", () => {
  test("are read as they were written", () => {
    expect(linesIn(written(LINE) + written(at(1, "8")))).toEqual({ lines: [LINE, at(1, "8")], unreadable: 0 });
    expect(linesIn("")).toEqual({ lines: [], unreadable: 0 });
  });

  test("are whole or not there, wherever a crash cut one off, and what comes after it is read", () => {
    const text = written(LINE);
    for (let end = 2; end < text.length - 1; end += 1) {
      expect(linesIn(text.slice(0, end) + written(at(1, "8")))).toEqual({ lines: [at(1, "8")], unreadable: 1 });
    }
  });

  test("of another shape are counted, and believed in nothing", () => {
    const others = [{ ...LINE, more: 1 }, { ...LINE, audit: "-1" }, { ...LINE, hash: "x" }, null, 7, []];
    const text = others.map((each) => JSON.stringify(each)).join("\n");
    expect(linesIn(text)).toEqual({ lines: [], unreadable: others.length });
  });

  test("stand in the order of what they tell, also beyond what a number holds exactly", () => {
    const lines = [at(2, "1"), at(1, "9007199254740993"), at(1, "9007199254740992"), at(1, "7")];
    expect(lines.sort(inOrder).map(({ era, audit }) => `${era} ${audit}`)).toEqual([
      "1 7",
      "1 9007199254740992",
      "1 9007199254740993",
      "2 1",
    ]);
  });
});
